import type { CheckPage } from "./check-page";
import type { ExpectedDelivery } from "./delivery";
import type { Description } from "./description";
import type { Evaluation, Severity } from "./evaluation";
import type { EvaluationContext } from "./evaluation-context";
import type { FactName, Facts } from "./facts/facts";
import type { Guardrail } from "./guardrail";
import type { Setting } from "./settings";

export interface FrameworkMapping {
  readonly framework: string;
  readonly id: string;
  /** Always worded as "supports". */
  readonly wording: string;
  readonly rationale?: string;
}

export interface Faq {
  /** Anchor on the public page; never changes. */
  readonly id: string;
  readonly question: string;
  /** Plain text; identifiers are between backticks. */
  readonly answer: string;
}

/** What a page says about the check itself, in the product's own words. */
export interface CheckContent {
  /** Paragraphs. */
  readonly understanding: readonly string[];
  readonly risk: { readonly security: string; readonly operational: string; readonly trust: string };
  readonly faqs: readonly Faq[];
}

/** Short titles of the words that a check stores, for people. */
export interface CheckLabels {
  readonly reasons: Readonly<Record<string, string>>;
  /** What a remediation can ask for. */
  readonly actions: Readonly<Record<string, string>>;
  readonly advisories: Readonly<Record<string, string>>;
}

export interface CheckDefinition<N extends FactName = FactName> {
  /** `service.problem`, named after the bad state. Never renamed. */
  readonly id: string;
  /** Raised when the rules change in a way that can change a verdict. */
  readonly version: number;
  readonly title: string;
  readonly category: string;
  readonly service: string;
  readonly baseSeverity: Severity;
  readonly summary: string;
  /** Facts read in every scan. */
  readonly needs: readonly N[];
  /** Facts read only when the first evaluation does not pass. */
  readonly needsUnlessPassing: readonly N[];
  readonly frameworks: readonly FrameworkMapping[];
  readonly content: CheckContent;
  readonly labels: CheckLabels;
  /** The verdict is given Region by Region: `Evaluation.regions` holds every Region, and pages draw the coverage. */
  readonly hasRegionVerdicts: boolean;
  /** More for the public page; without it the page consists of the content. Browsers never have it. */
  readonly page?: CheckPage;
  /**
   * The verdict from the facts alone, never a throw. Without a session in the account there are none, and those of
   * `needsUnlessPassing` lack at first: hence each may be absent, and no other fact is there to be looked at.
   */
  evaluate(facts: Partial<Facts<N>>, context: EvaluationContext): Evaluation;
  /** The words for the page, from the same facts. `accountName` is the organization's own name for the account. */
  describe(
    evaluation: Evaluation,
    facts: Partial<Facts<N>>,
    context: EvaluationContext & { readonly accountName: string },
  ): Description;
  /** The settings that the verdict rests on, from `needs` alone: what differs between two scans tells what put it back. */
  settings?(facts: Partial<Facts<N>>, context: EvaluationContext): readonly Setting[];
  /** What keeps the problem from coming back, the relevant ones first, filled in from the description's `guarded`. */
  guardrails?(
    guarded: unknown,
    signals: { readonly reason: string; readonly action: string; readonly isRecurring: boolean },
  ): readonly Guardrail[];
  /**
   * Of a check whose fix shows in what arrives: the trails that should deliver our own calls. Without it a second
   * reading, some time after the first, proves the fix.
   */
  expectedDelivery?(facts: Partial<Facts<N>>, context: EvaluationContext): ExpectedDelivery;
  /** Of a FAIL: something looks as if it worked and does not, so that people trust it. It makes a finding more urgent. */
  failsSilently?(evaluation: Evaluation): boolean;
}

/** Keeps the literal types of the needs, so `evaluate` sees exactly the facts it asked for. */
export function defineCheck<const N extends FactName>(definition: CheckDefinition<N>): CheckDefinition<N> {
  return definition;
}
