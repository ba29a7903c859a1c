import type { CallEntry } from "@/lib/runs/call-entry";
import type { Canary } from "./proof";

/** Every scan makes it in every enabled Region: a management event that reads, and costs nothing. */
const canaryApi = "cloudtrail:DescribeTrails";

/** Our own calls among those of a scan, one for each Region: the first that AWS answered, else how the last one failed. */
export function canariesIn(calls: readonly CallEntry[]): Canary[] {
  const byRegion = new Map<string, Canary>();
  for (const { api, region, at, outcome, errorCode, message, requestId } of calls) {
    if (api !== canaryApi || byRegion.get(region)?.sentAt) continue;
    const wasAnswered = outcome === "ok" && errorCode === undefined;
    byRegion.set(region, {
      region,
      sentAt: wasAnswered ? at : null,
      requestId: requestId ?? null,
      failure: wasAnswered ? null : { kind: outcome, text: [errorCode, message].filter(Boolean).join(": ") },
    });
  }
  return [...byRegion.values()];
}
