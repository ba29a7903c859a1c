import { collect } from "@/lib/aws/collect";
import { getCaller } from "@/lib/aws/session/session";
import type { AwsClients } from "@/lib/aws/wire/clients";
import type { ReadFailure } from "@/lib/checks/facts/reading";
import { count } from "@/lib/text";
import { notReadable, testFailed, wrongAccount } from "./messages";
import { lastRequestId, type Probe } from "./probe";

/** The fourth probe: the session acts in the account of the ARN, which is the declared one. */
export async function confirmAccount(probe: Probe, session: AwsClients): Promise<boolean> {
  const { input, names, checklist, onCall } = probe;
  checklist.start("account_confirmed");
  const seen = await getCaller(session, input.partition, { signal: input.signal, onCall });
  if (!seen.ok) {
    const error = testFailed(seen.failure, "asking AWS for the account");
    checklist.fail("account_confirmed", error, seen.failure.requestId);
    return false;
  }
  const { accountId } = seen.value;
  if (accountId !== names.accountId) {
    checklist.fail("account_confirmed", wrongAccount(accountId, names), lastRequestId(probe));
    return false;
  }
  checklist.pass("account_confirmed", accountId, lastRequestId(probe));
  return true;
}

/** Reads as a scan would, so that the first scan meets no surprise. Some Regions may refuse; not all. */
export async function readRegionsAndTrails(probe: Probe): Promise<void> {
  const { input, names, checklist, calls, onCall } = probe;
  checklist.start("regions_readable");
  const account = { id: names.accountId, partition: input.partition };
  const collection = await collect({ ...input, account, onCall, needs: ["regions"] });
  try {
    const regions = collection.facts.regions;
    if (!regions?.ok) {
      const failure = collection.connectionFailure ?? regions?.failure;
      if (failure)
        checklist.fail("regions_readable", notReadable(failure, "Regions", names), failure.requestId);
      return;
    }
    const enabled = regions.value.filter(({ optInStatus }) => optInStatus !== "not-opted-in").length;
    const regionsCall = calls.findLast(({ api }) => api === "ec2:DescribeRegions");
    checklist.pass("regions_readable", count(enabled, "Region"), regionsCall?.requestId);

    checklist.start("trails_readable");
    await collection.more(["cloudtrail.trails"]);
    const lists = Object.values(collection.facts["cloudtrail.trails"] ?? {});
    const readable = lists.flatMap((list) => (list.ok ? [list.value] : []));
    const failures = lists.flatMap((list) => (list.ok ? [] : [list.failure]));
    if (readable.length === 0) {
      const failure = mostTelling(failures);
      checklist.fail("trails_readable", notReadable(failure, "trails", names), failure.requestId);
      return;
    }
    const trails = new Set(readable.flat().map(({ arn }) => arn)).size;
    const part =
      failures.length === 0 ? "" : `; ${readable.length} of ${count(lists.length, "Region")} readable`;
    const trailsCall = calls.findLast(
      ({ api, outcome }) => api === "cloudtrail:DescribeTrails" && outcome === "ok",
    );
    checklist.pass("trails_readable", `${count(trails, "trail")}${part}`, trailsCall?.requestId);
  } finally {
    collection.close();
  }
}

/** A missing permission is what a person can act on; otherwise the first failure speaks for all. */
function mostTelling(failures: readonly ReadFailure[]): ReadFailure {
  const failure = failures.find(({ kind }) => kind === "denied") ?? failures[0];
  if (failure) return failure;
  const message = "No enabled Region is known.";
  return { kind: "garbage", api: "cloudtrail:DescribeTrails", region: "", code: "NoRegions", message };
}
