import type { KeyRegion, VerificationView } from "@/lib/verification/verification-view";

/**
 * A verification whose reading goes on, with a row for each Region that is expected: the page does not grow under the
 * reader's eyes once they are read. What an earlier round delivered stays.
 */
export function beforeReading(verification: VerificationView, expected: readonly string[]): VerificationView {
  const { keyA, keyB } = verification;
  const names = expected.length > 0 ? expected : keyA.regions.map(({ region }) => region);
  const kept = new Map(keyB.regions.map((region) => [region.region, region]));
  return {
    ...verification,
    keyA: { ...keyA, regions: names.map(unread) },
    keyB: {
      ...keyB,
      regions: names.map((name) => {
        const earlier = kept.get(name);
        return earlier?.state === "passed" ? earlier : unread(name);
      }),
    },
  };
}

function unread(region: string): KeyRegion {
  return { region, state: "waiting", reason: null, at: null, evidence: null };
}
