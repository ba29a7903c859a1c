import { type Reading, read } from "@/lib/checks/facts/reading";
import type { ListedFile, LogBucket } from "./log-bucket";
import type { LogFileLimits } from "./log-file";
import { isLogFile, type LogFilePrefix, type LogFolder, logFilePrefixes } from "./log-file-keys";
import type { OwnCall } from "./own-event";

export interface LogFileSearch {
  readonly folder: LogFolder;
  readonly level: "object" | "content";
  readonly call: OwnCall;
  readonly resumeAfter: string | null;
  readonly now: Date;
  readonly limits: LogFileLimits;
}

export type LogFileFinding =
  | {
      readonly state: "found";
      readonly key: string;
      readonly lastModified: string;
      /** Only of a file that was looked into. */
      readonly sha256?: string;
      readonly eventId?: string;
    }
  | {
      readonly state: "not_yet";
      readonly lookedInto: number;
      /** Files that are too large, or no log files. */
      readonly skipped: number;
      /** The next look may begin after this key; null when it must begin again. */
      readonly resumeAfter: string | null;
    };

/** Pages of a list that are read in one look. */
const mostPages = 10;
/** Files that are looked into in one look. */
const mostFiles = 40;
/** Files with the name of an earlier one may still arrive for so long. */
const lateMs = 10 * 60_000;

/** Looks for a log file of one Region that is newer than our call, and at the level `content` for our call in it. */
export async function lookForLogFile(
  bucket: LogBucket,
  search: LogFileSearch,
): Promise<Reading<LogFileFinding>> {
  const progress = { pages: 0, lookedInto: 0, skipped: 0, resumeAfter: search.resumeAfter };
  for (const prefix of prefixesOf(search)) {
    let next: string | null = null;
    do {
      if (progress.pages++ === mostPages) return read(notYet(progress));
      const page = await bucket.list(prefix, next);
      if (!page.ok) return page;
      for (const file of page.value.files.filter((each) => mayHold(search, each))) {
        if (progress.lookedInto + progress.skipped === mostFiles) return read(notYet(progress));
        const seen = await see(bucket, search, file);
        if (!seen.ok) return seen;
        if (seen.value === "skipped") progress.skipped += 1;
        else if (seen.value === "nothing of ours") progress.lookedInto += 1;
        else return read(seen.value);
        if (isOld(search, file)) progress.resumeAfter = file.key;
      }
      next = page.value.next;
    } while (next !== null);
  }
  return read(notYet({ ...progress, resumeAfter: null }));
}

function notYet({
  lookedInto,
  skipped,
  resumeAfter,
}: {
  readonly lookedInto: number;
  readonly skipped: number;
  readonly resumeAfter: string | null;
}): LogFileFinding {
  return { state: "not_yet", lookedInto, skipped, resumeAfter };
}

/** From where an earlier look ended: nobody else can have written keys into a folder of CloudTrail. */
function prefixesOf({ folder, call, now, resumeAfter }: LogFileSearch): readonly LogFilePrefix[] {
  const prefixes = logFilePrefixes(folder, call.region, new Date(call.sentAt), now);
  const begun = prefixes.findIndex(({ prefix }) => resumeAfter?.startsWith(prefix));
  if (begun === -1) return prefixes;
  return prefixes
    .slice(begun)
    .map((each, index) => (index === 0 ? { ...each, startAfter: resumeAfter } : each));
}

/** Both times count whole seconds: only a later one proves something. */
function mayHold({ folder, call }: LogFileSearch, { key, lastModified }: ListedFile): boolean {
  return isLogFile(folder, call.region, key) && Date.parse(lastModified) > Date.parse(call.sentAt);
}

function isOld({ now }: LogFileSearch, { lastModified }: ListedFile): boolean {
  return now.getTime() - Date.parse(lastModified) > lateMs;
}

async function see(
  bucket: LogBucket,
  { level, call, limits }: LogFileSearch,
  { key, bytes, lastModified }: ListedFile,
): Promise<Reading<LogFileFinding | "skipped" | "nothing of ours">> {
  if (level === "object") return read({ state: "found", key, lastModified });
  if (bytes > limits.objectBytes) return read("skipped");
  const seen = await bucket.lookInto(key, call, limits);
  if (!seen.ok) {
    // Deleted since it was listed, or nothing that CloudTrail writes: the next one may hold our call.
    const { kind, code } = seen.failure;
    return kind === "garbage" || code === "NoSuchKey" ? read("skipped") : seen;
  }
  const { sha256, eventId } = seen.value;
  if (eventId === null) return read("nothing of ours");
  return read({ state: "found", key, lastModified, sha256, eventId });
}
