import type { Assurance, Disposition, RegionOutcome, RegionState, Severity, Verdict } from "./evaluation";

/** Shapes of the coverage chart. Each state differs in shape, colour and words. */
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

export const observationLabels: Readonly<Record<"failing" | "passing" | "unknown", string>> = {
  failing: "Failing",
  passing: "Passing",
  unknown: "Unknown",
};

export const statusLabels: Readonly<Record<string, string>> = {
  open: "Open",
  in_progress: "In progress",
  awaiting_verification: "Awaiting verification",
  resolved: "Resolved",
  risk_accepted: "Risk accepted",
  reopened: "Reopened",
};

export const assuranceLabels: Readonly<Record<Assurance, string>> = {
  VERIFIED: "Every enabled Region read",
  INFERRED: "Inferred for Regions that could not be read",
  PENDING: "First delivery outstanding",
};

export const dispositionLabels: Readonly<Record<Disposition, string>> = {
  OPEN: "Open",
  ACCEPTED: "Risk accepted",
};

export const regionStateLabels: Readonly<Record<RegionState, string>> = {
  covered: "Logged",
  partial: "Partly logged",
  uncovered: "Not logged",
  unknown: "Could not read",
  not_enabled: "Not enabled",
};
