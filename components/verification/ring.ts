import type { KeyRegion } from "@/lib/verification/verification-view";

const center = 36;
const radius = 30;
const widestGap = 5;

/** The ring of a key as arcs of equal length from 12 o'clock on, clockwise, in a box of 72 × 72. */
export function arcs(many: number): readonly string[] {
  const step = 360 / Math.max(1, many);
  const gap = Math.min(widestGap, step * 0.3);
  return Array.from({ length: many }, (_one, index) => {
    const from = point(index * step + gap / 2);
    const to = point((index + 1) * step - gap / 2);
    return `M${from}A${radius} ${radius} 0 ${step - gap > 180 ? 1 : 0} 1 ${to}`;
  });
}

function point(degrees: number): string {
  const angle = ((degrees - 90) * Math.PI) / 180;
  const at = (value: number) => (center + radius * value).toFixed(1);
  return `${at(Math.cos(angle))} ${at(Math.sin(angle))}`;
}

const order: readonly KeyRegion["state"][] = ["passed", "waiting", "inconclusive", "failed", "exempt"];

/** Regions as the ring has them: those that arrived in the order in which they did, then those that have not. */
export function inOrderOfArrival(regions: readonly KeyRegion[]): readonly KeyRegion[] {
  return [...regions].sort(
    (one, other) =>
      order.indexOf(one.state) - order.indexOf(other.state) ||
      (one.state === "passed" ? arrival(one).localeCompare(arrival(other)) : 0),
  );
}

function arrival({ at, evidence }: KeyRegion): string {
  return evidence?.latestDeliveryTime ?? at ?? "";
}
