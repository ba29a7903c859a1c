import type { GlyphName } from "@/components/coverage/glyph";
import type { KeyReason, ProofLevel, VerificationStatus } from "@/lib/verification/verification-states";
import type { KeyRegion } from "@/lib/verification/verification-view";

export interface KeyWords {
  readonly glyph: GlyphName;
  readonly text: string;
  readonly tone?: "wait" | "blind" | "quiet";
}

/** Why a key is not turned in a Region. */
export const reasonWords: Readonly<Record<KeyReason, string>> = {
  not_covered: "Not logged",
  partly_covered: "Partly logged",
  not_read: "Could not read",
  closed_by_policy: "Closed by policy",
  not_sent: "Our call failed",
  no_trail_records_reads: "Records no reads",
  not_delivered: "Nothing delivered",
  delivery_error: "Delivery fails",
  logging_stopped: "Logging stopped",
  trail_gone: "No trail",
  status_unreadable: "Status unreadable",
  not_in_bucket: "Not in the bucket",
  bucket_unreadable: "Bucket unreadable",
};

/** Key A in a Region. */
export function configurationWords({ state, reason }: KeyRegion): KeyWords {
  switch (state) {
    case "passed":
      return { glyph: "logged", text: "Holds" };
    case "failed":
      return { glyph: "not-logged", text: wordsOf(reason, "Does not hold"), tone: "blind" };
    case "inconclusive":
      return { glyph: "could-not-read", text: wordsOf(reason, "Could not read"), tone: "wait" };
    case "exempt":
      return exempt(reason, "Inferred");
    case "waiting":
      return { glyph: "waiting", text: "Reading", tone: "quiet" };
  }
}

/** Key B in a Region. `isLooking`: AWS is being asked at this moment. */
export function deliveryWords(
  { state, reason }: KeyRegion,
  { status, isLooking }: { readonly status: VerificationStatus; readonly isLooking: boolean },
): KeyWords {
  switch (state) {
    case "passed":
      return { glyph: status === "passed" ? "proven" : "logged", text: "Delivered" };
    case "failed":
      return { glyph: "not-logged", text: wordsOf(reason, "Failed"), tone: "blind" };
    case "inconclusive":
      return { glyph: "could-not-read", text: "Inconclusive", tone: "wait" };
    case "exempt":
      return exempt(reason, "Closed");
    case "waiting":
      if (status !== "running") return { glyph: "waiting", text: "Not awaited", tone: "quiet" };
      return isLooking
        ? { glyph: "waiting", text: "Reading", tone: "quiet" }
        : { glyph: "pending", text: "Waiting", tone: "wait" };
  }
}

function exempt(reason: KeyReason | null, closed: string): KeyWords {
  return reason === "closed_by_policy"
    ? { glyph: "inferred", text: closed, tone: "quiet" }
    : { glyph: "accepted", text: "Accepted", tone: "quiet" };
}

function wordsOf(reason: KeyReason | null, otherwise: string): string {
  return reason === null ? otherwise : reasonWords[reason];
}

/** What each level shows, and what it leaves open. */
export const levelWords: Readonly<Record<ProofLevel, string>> = {
  delivered:
    "AWS reports a delivery after our call in every Region. It does not show what the log file holds.",
  object: "A log file that is newer than our call is in the bucket, from every Region.",
  content: "Our own call was found in the log files of every Region.",
};
