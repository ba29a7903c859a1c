import type { TrailView } from "@/lib/checks/cloudtrail/inventory/trail-view";

/** The newest delivery that any readable Region reports: a quiet Region says nothing of the others. */
export function latestDelivery({ statuses }: TrailView): string | undefined {
  const times = [...statuses.values()].flatMap((status) => status.latestDeliveryTime ?? []);
  return times.sort((a, b) => Date.parse(b) - Date.parse(a))[0];
}
