import type { AllowedMove } from "./lifecycle/transition";

/** A person by id; the name is null once nobody knows it any more. */
export interface PersonRef {
  readonly id: string;
  readonly name: string | null;
}

/** Who would be a good owner, and why. */
export interface OwnerSuggestion {
  readonly person: PersonRef;
  /** `Rule for acme-prod`, `Last to fix one here` */
  readonly reason: string;
}

/** The claim that stands. */
export interface ClaimView {
  readonly at: string;
  readonly by: string;
  readonly note: string | null;
  readonly trailArn: string | null;
  readonly guardrail: string | null;
  readonly guardrailWaiver: string | null;
}

/** What people decide about a finding, and what the reader may do about it. */
export interface TriageView {
  /** Sent with every change. */
  readonly version: number;
  readonly owner: PersonRef | null;
  /** Only while nobody owns it and it is open. */
  readonly suggestedOwner: OwnerSuggestion | null;
  readonly dueAt: string | null;
  /** The day at whose end it is due, where the organization is: YYYY-MM-DD. */
  readonly dueDay: string | null;
  readonly isOverdue: boolean;
  readonly ticketUrl: string | null;
  readonly claim: ClaimView | null;
  /** Claims of this episode that a scan contradicted. */
  readonly failedClaims: number;
  readonly watchers: readonly PersonRef[];
  /** Moves that the lifecycle has now and that the reader may make, with what is missing for each. */
  readonly allowed: readonly AllowedMove[];
  /** The reader may change owner, due date and ticket. */
  readonly mayEdit: boolean;
}
