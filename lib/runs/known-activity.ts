import type { TenantDb } from "@/lib/db/tenant-db";
import { addMonths, monthOf } from "@/lib/history/month";
import { unpackJson } from "@/lib/history/packed-json";
import { type CallEntry, callsFrom } from "./call-entry";

/** By Region, when AWS last answered one of our calls there successfully. ISO 8601. */
export type KnownActivity = Readonly<Record<string, string>>;

/** The events of a call take a while to be delivered; checks say how long they may. Later calls prove nothing yet. */
const settleMs = 60 * 60_000;
/** Each run reads every Region, so the last tell nearly all; a Region that they were refused in is not judged. */
const lastRuns = 12;
const lastMonths = 2;

/**
 * Calls that no trail of the account has to show in the Region that was asked: IAM and Organizations have one endpoint for
 * the partition, reading objects is no management event, and a log bucket may be read with the role of another account,
 * whose session begins with calls to STS.
 */
const tellNothing = /^(iam|organizations|s3|sts):/;

/**
 * What our earlier runs (scans and connection tests, finished, failed or fenced out) surely caused in an account:
 * events that its trails should have delivered by now. Reads its last runs by an index, never the whole history.
 */
export async function knownActivity(
  db: TenantDb,
  tenantId: string,
  accountId: string,
  now: Date,
): Promise<KnownActivity> {
  const until = new Date(now.getTime() - settleMs);
  const since = addMonths(monthOf(now), -lastMonths);
  const rows = await db.$queryRaw<{ calls: Uint8Array }[]>`
    SELECT calls FROM runs
    WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}::uuid AND month >= ${since}::date
      AND kind <> 'trust_probe' AND started_at <= ${until}
    ORDER BY started_at DESC LIMIT ${lastRuns}`;
  return activityIn(
    rows.flatMap(({ calls }) => callsFrom(unpackJson(calls))),
    until,
  );
}

/** The latest instant by Region at which AWS answered a call with success, none later than `until`. */
export function activityIn(calls: readonly CallEntry[], until: Date): KnownActivity {
  const latest = new Map<string, string>();
  for (const { api, region, outcome, errorCode, at } of calls) {
    // An error that a scan takes for an answer is an error to AWS.
    if (outcome !== "ok" || errorCode !== undefined || tellNothing.test(api)) continue;
    if (Date.parse(at) > until.getTime()) continue;
    const known = latest.get(region);
    if (known === undefined || Date.parse(at) > Date.parse(known)) latest.set(region, at);
  }
  return Object.fromEntries([...latest].sort(([a], [b]) => (a < b ? -1 : 1)));
}
