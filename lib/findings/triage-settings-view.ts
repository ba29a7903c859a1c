import type { Severity } from "@/lib/checks/evaluation";
import type { ProofLevel } from "@/lib/verification/verification-states";
import type { PersonRef } from "./triage-view";

/** How an organization dates its findings, and what it takes as proof of a fix. */
export interface TriageSettingsView {
  readonly version: number;
  readonly timeZone: string;
  readonly days: Readonly<Record<Severity, number>>;
  readonly businessDays: boolean;
  /** How sure delivery must be before a finding counts as fixed. */
  readonly requiredProof: ProofLevel;
}

/** A rule for owners as people read it. */
export interface OwnerRuleView {
  readonly id: string;
  readonly match: "account" | "label" | "environment";
  /** The label, the environment's name, or the account's name and number. */
  readonly value: string;
  readonly owner: PersonRef;
}
