import { fromTrailListing } from "./from-trail-listing";
import type { PartialReading } from "./partial-reading";

interface Reader {
  /** The command whose answer is understood. */
  readonly command: string;
  readonly read: (text: string) => PartialReading | null;
}

/** Checks about which the answer of one call says something. */
const readers: Readonly<Record<string, Reader>> = {
  "cloudtrail.not_multi_region": { command: "aws cloudtrail describe-trails", read: fromTrailListing },
};

function readerOf(checkId: string): Reader | undefined {
  return Object.hasOwn(readers, checkId) ? readers[checkId] : undefined;
}

/** The one command whose answer already says something about the check; null when there is none. */
export function shortCommand(checkId: string): string | null {
  return readerOf(checkId)?.command ?? null;
}

/**
 * What a pasted text proves about a check when it is no file of saved answers but the answer of a single command.
 * Null when it is neither, or a part of such a file. Never throws; makes no request.
 */
export function partialAnswer(checkId: string, text: string): PartialReading | null {
  if (/"format"\s*:\s*"posturio-aws-answers|"call"\s*:\s*"[a-z0-9-]+:[A-Z]/.test(text)) return null;
  return readerOf(checkId)?.read(text) ?? null;
}
