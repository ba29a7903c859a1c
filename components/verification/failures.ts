import type { VerificationView } from "@/lib/verification/verification-view";
import { configurationWords, deliveryWords } from "./key-words";

export interface Failure {
  readonly region: string;
  readonly text: string;
  /** What AWS reported. */
  readonly detail: string | null;
}

/** The Regions in which a key failed, the configuration first: it explains what is not delivered. */
export function failuresOf({ keyA, keyB, status }: VerificationView): readonly Failure[] {
  const ofA = keyA.regions
    .filter(({ state }) => state === "failed")
    .map(
      (region): Failure => ({ region: region.region, text: configurationWords(region).text, detail: null }),
    );
  const known = new Set(ofA.map(({ region }) => region));
  const ofB = keyB.regions
    .filter(({ state, region }) => state === "failed" && !known.has(region))
    .map((region): Failure => {
      const { text } = deliveryWords(region, { status, isLooking: false });
      return { region: region.region, text, detail: region.evidence?.latestDeliveryError ?? null };
    });
  return [...ofA, ...ofB];
}
