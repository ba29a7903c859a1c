/** Where CloudTrail puts the log files of one account. */
export interface LogFolder {
  readonly keyPrefix: string | null;
  /** Only organization trails have it in their keys. */
  readonly awsOrganizationId: string | null;
  readonly accountId: string;
}

export interface LogFilePrefix {
  readonly prefix: string;
  /** What is before it in the order of keys is too old to matter. */
  readonly startAfter: string | null;
}

/**
 * The name of a log file says when it was delivered, to the minute, and CloudTrail may round that down. Files are told
 * apart by when S3 got them; the name only saves reading lists of what is older.
 */
const nameLagMs = 15 * 60_000;
const dayMs = 24 * 60 * 60_000;
/** CloudTrail delivers within minutes: what is not there after days never comes. */
const mostDays = 3;

/** Prefixes of keys, a day each, below which a call of `sentAt` may have been delivered until `now`. Pure. */
export function logFilePrefixes(
  folder: LogFolder,
  region: string,
  sentAt: Date,
  now: Date,
): readonly LogFilePrefix[] {
  const from = new Date(sentAt.getTime() - nameLagMs);
  const first = Math.floor(from.getTime() / dayMs);
  const last = Math.min(Math.floor(now.getTime() / dayMs), first + mostDays - 1);
  const prefixes: LogFilePrefix[] = [];
  for (let day = first; day <= Math.max(first, last); day++) {
    const prefix = `${regionFolder(folder, region)}${dayFolder(new Date(day * dayMs))}/`;
    const startAfter = day === first ? `${prefix}${nameStart(folder, region)}${minuteOf(from)}` : null;
    prefixes.push({ prefix, startAfter });
  }
  return prefixes;
}

/** Whether a key is of a log file of the account and Region: what else lies there proves nothing. */
export function isLogFile({ accountId }: LogFolder, region: string, key: string): boolean {
  const name = key.slice(key.lastIndexOf("/") + 1);
  const start = nameStart({ accountId }, region);
  return name.startsWith(start) && /^\d{8}T\d{4}Z_[A-Za-z0-9]+\.json\.gz$/.test(name.slice(start.length));
}

function regionFolder({ keyPrefix, awsOrganizationId, accountId }: LogFolder, region: string): string {
  const before = keyPrefix ? `${keyPrefix}/` : "";
  const organization = awsOrganizationId === null ? "" : `${awsOrganizationId}/`;
  return `${before}AWSLogs/${organization}${accountId}/CloudTrail/${region}/`;
}

function nameStart({ accountId }: Pick<LogFolder, "accountId">, region: string): string {
  return `${accountId}_CloudTrail_${region}_`;
}

/** 2026/11/26 */
function dayFolder(day: Date): string {
  return day.toISOString().slice(0, 10).replaceAll("-", "/");
}

/** 20261126T1729 */
function minuteOf(time: Date): string {
  return time.toISOString().slice(0, 16).replaceAll(/[-:]/g, "");
}
