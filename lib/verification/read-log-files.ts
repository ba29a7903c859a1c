import { findLogFiles, type LogFilesFound } from "@/lib/aws/deliveries/find-log-files";
import type { RecordedCall } from "@/lib/aws/wire/recorded-call";
import { parseArn } from "@/lib/checks/arn";
import type { Partition } from "@/lib/checks/facts/facts";
import { failureWords } from "@/lib/checks/facts/failure-words";
import type { ReadFailure } from "@/lib/checks/facts/reading";
import { primaryRegion } from "@/lib/checks/regions";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { bestSighting, judgeLogFile, unreadableBucket } from "./judge-log-file";
import { type LogBucketReader, logBucketReaders, rememberReader } from "./log-bucket-readers";
import { type LogPlace, logPlacesOf } from "./log-places";
import type { RegionProof, Sighting } from "./proof";

export interface ReadLogFilesInput {
  /** The account in which our calls were made. */
  readonly account: {
    readonly id: string;
    readonly awsAccountId: string;
    readonly partition: Partition;
  };
  readonly level: "object" | "content";
  /** `proof.awsOrganizationId`: organization trails have it in their keys. */
  readonly awsOrganizationId: string | null;
  /** `proof.session`: the role session under which our calls were made. */
  readonly callSession: string;
  /** The Regions that wait, as `regionsToLookAt(proof)` gives them. */
  readonly regions: readonly RegionProof[];
  /** Of the sessions that read: seen in the CloudTrail of whoever owns the role. */
  readonly sessionName: string;
  /** One address for all AWS services, from the operator. */
  readonly endpoint: string | undefined;
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
  readonly onCall: (call: RecordedCall) => void;
}

/**
 * Looks for our calls in the log files that trails deliver, at the level `object` or `content`: one sighting for each
 * Region given, for `afterLook`. Each bucket is read through the account's own role or that of another connected account of
 * its AWS organization; which one could is remembered. Opens short transactions of its own, so call it outside of any.
 * Failures are sightings too; it throws only the signal's reason, and what the database throws.
 */
export async function readLogFiles(
  ctx: TenantContext,
  input: ReadLogFilesInput,
): Promise<readonly Sighting[]> {
  const { places, unknown } = logPlacesOf(input.regions, input.awsOrganizationId);
  const sightings = new Map<string, Sighting[]>(input.regions.map(({ region }) => [region, []]));
  const add = (sighting: Sighting) => sightings.get(sighting.region)?.push(sighting);
  unknown.forEach(add);
  const endsAt = performance.now() + input.deadlineMs;
  for (const place of places) {
    // One bucket with our call is enough.
    const calls = place.calls.filter(({ region }) => bestOf(sightings, region)?.state !== "passed");
    if (calls.length === 0) continue;
    for (const sighting of await readBucket(ctx, input, { ...place, calls }, endsAt)) add(sighting);
  }
  return input.regions.map(
    ({ region }): Sighting =>
      bestOf(sightings, region) ?? {
        region,
        state: "inconclusive",
        reason: "no_trail_records_reads",
        evidence: {},
      },
  );
}

function bestOf(sightings: ReadonlyMap<string, readonly Sighting[]>, region: string): Sighting | undefined {
  return bestSighting(sightings.get(region) ?? []);
}

async function readBucket(
  ctx: TenantContext,
  input: ReadLogFilesInput,
  place: LogPlace,
  endsAt: number,
): Promise<readonly Sighting[]> {
  const { id: accountId, partition } = input.account;
  const { bucket } = place;
  const trailOwner = parseArn(place.trailArn)?.account ?? input.account.awsAccountId;
  const { awsOrganizationId } = input;
  const readers = await withTenant(ctx, (db) =>
    logBucketReaders(db, ctx.tenantId, { bucket, partition, trailOwner, accountId, awsOrganizationId }),
  );
  const { reader, found, tried } = await firstThatCan(input, place, readers, endsAt);
  input.signal.throwIfAborted();
  if (reader && found && "owner" in found) {
    const { owner } = found;
    const isKnown = reader.isRemembered && reader.owners[0] === owner;
    if (canRead(found) && !isKnown) {
      const { accountId: through } = reader;
      await withTenant(ctx, (db) => rememberReader(db, ctx.tenantId, { bucket, accountId: through, owner }));
    }
    const arns = new Map(place.calls.map(({ region, trailArn }) => [region, trailArn]));
    return found.findings.map((finding) =>
      judgeLogFile({
        ...finding,
        trailArn: arns.get(finding.region) ?? place.trailArn,
        level: input.level,
      }),
    );
  }
  const text = found && "failure" in found ? whyNobodyCan(found.failure, tried) : noReader;
  return place.calls.map(({ region, trailArn }) => unreadableBucket(region, trailArn, text));
}

interface Attempt {
  readonly reader?: LogBucketReader;
  readonly found?: LogFilesFound;
  readonly tried: number;
}

/** Asks one account after the other, until one can read the bucket; else what the likeliest of them found. */
async function firstThatCan(
  input: ReadLogFilesInput,
  place: LogPlace,
  readers: readonly LogBucketReader[],
  endsAt: number,
): Promise<Attempt> {
  let best: Omit<Attempt, "tried"> = {};
  let tried = 0;
  for (const reader of readers) {
    input.signal.throwIfAborted();
    const deadlineMs = Math.floor(endsAt - performance.now());
    if (deadlineMs <= 0) break;
    tried += 1;
    const found = await findLogFiles(lookOf(input, place, reader, deadlineMs));
    const isBetter = best.found === undefined || ("failure" in best.found && "owner" in found);
    if (isBetter) best = { reader, found };
    if ("failure" in found ? isFinal(found.failure) : canRead(found)) return { reader, found, tried };
  }
  return { ...best, tried };
}

function lookOf(
  input: ReadLogFilesInput,
  { bucket, trailArn, keyPrefix, awsOrganizationId, calls }: LogPlace,
  reader: LogBucketReader,
  deadlineMs: number,
): Parameters<typeof findLogFiles>[0] {
  const { account, level, callSession, sessionName, endpoint, signal, onCall } = input;
  return {
    account: { id: reader.awsAccountId, partition: account.partition },
    role: reader.role,
    owners: reader.owners,
    bucket,
    // Most buckets are where their trail lives.
    bucketRegion: parseArn(trailArn)?.region || primaryRegion(account.partition),
    folder: { keyPrefix, awsOrganizationId, accountId: account.awsAccountId },
    ...{ level, callSession, calls, sessionName, endpoint, signal, onCall, deadlineMs },
  };
}

/** Listing alone is not enough where files must be read: then the next account is asked. */
function canRead(found: LogFilesFound): boolean {
  return (
    "owner" in found && (found.findings.length === 0 || found.findings.some(({ finding }) => finding.ok))
  );
}

/** No other account would find anything else out. */
function isFinal({ kind, code }: ReadFailure): boolean {
  return kind === "deadline" || code === "NoSuchBucket";
}

const noReader = "No connected account is there to read the log bucket with.";

function whyNobodyCan(failure: ReadFailure, tried: number): string {
  const { text } = failureWords(failure);
  return tried === 1 ? text : `${text} ${tried} connected accounts were asked.`;
}
