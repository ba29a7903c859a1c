import type { ChangeTab } from "./suggested-change";

/** Something that keeps the problem from coming back. */
export interface Guardrail {
  readonly id: string;
  readonly title: string;
  /** Where it is put in place, and by whom. */
  readonly where: string;
  readonly stops: readonly string[];
  readonly doesNotStop: readonly string[];
  /** Why this verdict asks for it; null when it is merely useful. */
  readonly relevance: string | null;
  readonly tabs: readonly ChangeTab[];
}
