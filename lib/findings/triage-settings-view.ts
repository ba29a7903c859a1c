import type { Severity } from "@/lib/checks/evaluation";
import type { PersonRef } from "./triage-view";

/** How an organization dates its findings. */
export interface TriageSettingsView {
  readonly version: number;
  readonly timeZone: string;
  readonly days: Readonly<Record<Severity, number>>;
  readonly businessDays: boolean;
}

/** A rule for owners as people read it. */
export interface OwnerRuleView {
  readonly id: string;
  readonly match: "account" | "label" | "environment";
  /** The label, the environment's name, or the account's name and number. */
  readonly value: string;
  readonly owner: PersonRef;
}
