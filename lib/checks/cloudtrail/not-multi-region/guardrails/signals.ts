/** What a verdict, and the finding's past, say about which guardrails matter first. */
export interface GuardrailSignals {
  readonly reason: string;
  /** The change itself: for an organization trail its `orgAction`. */
  readonly action: string;
  /** It failed before, was repaired, and failed again. */
  readonly isRecurring: boolean;
}

/** Placeholder for a value that only the person knows. */
export const adminRolePlaceholder = "YOUR-SECURITY-ADMIN-ROLE";
