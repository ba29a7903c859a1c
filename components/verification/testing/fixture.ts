import type { KeyRegion, VerificationView } from "@/lib/verification/verification-view";

/** The Regions that every account has. */
export const defaultRegions = [
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
  "ca-central-1",
  "sa-east-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "eu-central-1",
  "eu-north-1",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
] as const;

const began = Date.UTC(2026, 11, 3, 10, 2, 11);

/** So many seconds after the verification began. */
export function after(seconds: number): string {
  return new Date(began + seconds * 1000).toISOString();
}

const trailArn = "arn:aws:cloudtrail:eu-central-1:111122223333:trail/acme-audit";

/** Key B in a Region whose call was answered after 27 s, delivered `delay` seconds later; null while it waits. */
export function delivery(region: string, delay: number | null, more: Partial<KeyRegion> = {}): KeyRegion {
  const sent = { sentAt: after(27), requestId: "0c1f77ab-41d0", trailArn };
  return delay === null
    ? { region, state: "waiting", reason: null, at: null, evidence: sent, ...more }
    : {
        region,
        state: "passed",
        reason: null,
        at: after(27 + delay + 10),
        evidence: { ...sent, latestDeliveryTime: after(27 + delay), level: "delivered" },
        ...more,
      };
}

const minutes = [5, 8, 12, 16, 20, 30, 45, 60];

/** A verification as pages get it: key A turned in all Regions, and key B waits for those beyond `delivered`. */
export function verification(
  delivered: number = defaultRegions.length,
  more: Partial<VerificationView> = {},
): VerificationView {
  const isPassed = delivered === defaultRegions.length;
  const looksDone = isPassed ? 5 : 3;
  const looksAt = minutes.map((minute) => after(27 + minute * 60));
  return {
    id: "0b8f5f0e-6c7e-4a7e-9d5c-0d6f3a1e2b4c",
    number: 96,
    findingKey: "PST-142",
    status: isPassed ? "passed" : "running",
    trigger: "claim",
    requiredAssurance: "delivered",
    reachedAssurance: isPassed ? "delivered" : null,
    keyA: {
      state: "passed",
      regions: defaultRegions.map((region, index) => ({
        region,
        state: "passed",
        reason: null,
        at: after(27 + index * 4),
        evidence: null,
      })),
    },
    keyB: {
      state: isPassed ? "passed" : "waiting",
      regions: defaultRegions.map((region, index) =>
        delivery(region, index < delivered ? 200 + ((index * 137) % 700) : null),
      ),
    },
    inheritance: { state: "passed" },
    scanNumber: 41,
    looksAt,
    looksDone,
    nextAt: isPassed ? null : (looksAt[looksDone] ?? null),
    startedAt: after(0),
    finishedAt: isPassed ? after(1208) : null,
    ...more,
  };
}
