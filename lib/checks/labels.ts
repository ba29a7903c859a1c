import { plural } from "@/lib/text";
import type { Assurance, Evaluation, RegionOutcome, Severity, Verdict } from "./evaluation";
import type { Partition } from "./facts/facts";
import type { ReadOutcome } from "./facts/reading";

/** Shapes of the coverage chart. Each state differs in shape, color and words. */
export type GlyphName =
  | "logged"
  | "own-trail"
  | "not-logged"
  | "partly"
  | "delivery-failing"
  | "pending"
  | "could-not-read"
  | "not-enabled"
  | "accepted"
  | "proven";

export interface Label {
  readonly text: string;
  readonly glyph: GlyphName;
}

const details: Readonly<Record<RegionOutcome["detail"], Label>> = {
  logged: { text: "Logged", glyph: "logged" },
  logged_by_single_region_trail: { text: "Own trail", glyph: "own-trail" },
  partly_logged: { text: "Partly logged", glyph: "partly" },
  not_logged: { text: "Not logged", glyph: "not-logged" },
  delivery_failing: { text: "Delivery failing", glyph: "delivery-failing" },
  pending: { text: "Waiting for delivery", glyph: "pending" },
  could_not_read: { text: "Could not read", glyph: "could-not-read" },
  not_enabled: { text: "Not enabled", glyph: "not-enabled" },
};

/** Text and glyph of a Region's state on the coverage chart. */
export function regionOutcomeLabel(detail: RegionOutcome["detail"]): Label {
  return details[detail];
}

export const severityLabels: Readonly<Record<Severity, string>> = {
  CRITICAL: "Critical",
  HIGH: "High",
  MEDIUM: "Medium",
  LOW: "Low",
};

export const verdictLabels: Readonly<Record<Verdict, string>> = {
  PASS: "Passing",
  FAIL: "Failing",
  NOT_EVALUATED: "Not evaluated",
};

export const assuranceLabels: Readonly<Record<Assurance, string>> = {
  VERIFIED: "Every enabled Region read",
  INFERRED: "Inferred",
  PENDING: "First delivery outstanding",
};

/**
 * How sure a pass is, to follow "Passing ·"; empty when the assurance says it all. An inferred pass has two causes
 * and says which: Regions that could not be read, or no delivery that shows that the trail works.
 */
export function passNote({ verdict, assurance, advisories, unknownRegions }: PassedEvaluation): string {
  if (verdict !== "PASS" || assurance === null || assurance === "VERIFIED") return "";
  if (assurance === "PENDING") return "first delivery outstanding";
  if (advisories.includes("NO_RECENT_DELIVERY")) return "no recent delivery to prove it";
  const count = unknownRegions.length;
  if (count === 0) return "";
  const state = advisories.includes("REGION_DENIED_BY_SCP") ? "closed" : "not read";
  return `inferred, ${count} ${plural(count, "Region", "Regions")} ${state}`;
}

type PassedEvaluation = Pick<Evaluation, "verdict" | "assurance" | "advisories" | "unknownRegions">;

/** What people call a partition; where it is chosen its code name is beside it. */
export const partitionLabels: Readonly<Record<Partition, string>> = {
  aws: "AWS",
  "aws-us-gov": "AWS GovCloud (US)",
  "aws-cn": "AWS China",
  "aws-eusc": "AWS European Sovereign Cloud",
};

/** The result of a call in the call log. */
export const readOutcomeLabels: Readonly<Record<ReadOutcome, string>> = {
  ok: "OK",
  denied: "Denied",
  denied_by_scp: "Denied by SCP",
  throttled: "Throttled",
  timeout: "Timed out",
  token_refused: "Session refused",
  expired: "Session expired",
  arn_invalid: "ARN refused",
  not_found: "Not found",
  unsupported: "Not offered",
  server_error: "Server error",
  network: "Network error",
  garbage: "Answer not understood",
  deadline: "Out of time",
};
