import { logBucketPolicy } from "@/lib/aws/customer-role/log-bucket-policy";
import type { AwsCalls } from "@/lib/aws/wire/aws-calls";
import type { ReadFailure, Reading } from "@/lib/checks/facts/reading";
import { LogBucket } from "./log-bucket";
import { type LogFileLimits, logFileLimits } from "./log-file";
import type { LogFolder } from "./log-file-keys";
import { type LogFileFinding, lookForLogFile } from "./look-for-log-file";
import { type CallsInput, openCalls } from "./open-calls";

/** Our call in one Region, whose log file is looked for. */
export interface LookedFor {
  readonly region: string;
  readonly sentAt: string;
  readonly requestId: string | null;
  /** The key up to which an earlier look has read all files. */
  readonly resumeAfter: string | null;
}

export interface LogFilesInput extends CallsInput {
  readonly bucket: string;
  /** Where the bucket probably is. */
  readonly bucketRegion: string;
  /** Accounts that may own it, the likeliest first. A bucket of anyone else is not read. */
  readonly owners: readonly string[];
  readonly folder: LogFolder;
  readonly level: "object" | "content";
  /** The role session under which our calls were made. */
  readonly callSession: string;
  readonly calls: readonly LookedFor[];
  readonly fileLimits?: LogFileLimits;
}

export interface RegionFinding {
  readonly region: string;
  readonly finding: Reading<LogFileFinding>;
}

export type LogFilesFound =
  /** There is no session in the account, or the bucket is closed to it: no Region was looked at. */
  { readonly failure: ReadFailure } | { readonly owner: string; readonly findings: readonly RegionFinding[] };

/** Each reads one file at a time: this bounds memory. */
const regionsAtOnce = 4;

/**
 * Looks in a bucket for log files that CloudTrail delivered after our calls, with a new session in `account` that may do
 * nothing else. Never throws: what could not be read is a reading.
 */
export async function findLogFiles(input: LogFilesInput): Promise<LogFilesFound> {
  // Times are AWS's: the day up to which is looked may not be that of this machine.
  let now = new Date();
  const onCall: CallsInput["onCall"] = (call) => {
    if (call.answeredAt !== undefined) now = new Date(call.answeredAt);
    input.onCall(call);
  };
  const policy = JSON.stringify(logBucketPolicy(input.account.partition, input.bucket));
  const calls = await openCalls({ ...input, onCall }, policy);
  if (!calls.ok) return { failure: calls.failure };
  const [first, ...others] = input.calls;
  if (first === undefined) return { owner: input.owners[0] ?? input.account.id, findings: [] };
  // What closes the bucket closes it for every Region: one question finds that out, and where the bucket is.
  const opened = await openBucket(input, calls.value, first, now);
  if ("failure" in opened) return opened;
  const { bucket, owner, finding } = opened;
  const findings: RegionFinding[] = [{ region: first.region, finding }];
  const queue = [...others];
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      findings.push({ region: next.region, finding: await look(input, bucket, next, now) });
    }
  };
  await Promise.all(Array.from({ length: regionsAtOnce }, work));
  return { owner, findings };
}

async function openBucket(
  input: LogFilesInput,
  calls: AwsCalls,
  first: LookedFor,
  now: Date,
): Promise<
  { failure: ReadFailure } | { bucket: LogBucket; owner: string; finding: Reading<LogFileFinding> }
> {
  let closed: ReadFailure | undefined;
  let region = input.bucketRegion;
  for (const owner of input.owners) {
    const { partition } = input.account;
    const bucket = new LogBucket(calls, { partition, name: input.bucket, owner, region });
    const finding = await look(input, bucket, first, now);
    if (finding.ok || finding.failure.api !== "s3:ListBucket") return { bucket, owner, finding };
    closed ??= finding.failure;
    region = bucket.region;
    // Another owner than expected is refused as any caller is; nothing else depends on the owner.
    if (finding.failure.kind !== "denied") break;
  }
  if (closed === undefined) throw new RangeError("No account is named that may own the bucket.");
  return { failure: closed };
}

function look(
  input: LogFilesInput,
  bucket: LogBucket,
  { region, sentAt, requestId, resumeAfter }: LookedFor,
  now: Date,
): Promise<Reading<LogFileFinding>> {
  const { folder, level, callSession: session, fileLimits: limits = logFileLimits } = input;
  const call = { region, accountId: folder.accountId, requestId, session, sentAt };
  return lookForLogFile(bucket, { folder, level, call, resumeAfter, now, limits });
}
