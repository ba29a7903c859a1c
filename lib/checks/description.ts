import type { GlyphName } from "./labels";
import type { CommandPart, Instruction, SuggestedChange } from "./suggested-change";

/** A sentence with the one number or phrase that carries the verdict marked for color. */
export interface SentencePart {
  readonly text: string;
  readonly tone?: "blind" | "wait" | "proven";
}

/** A value as a page shows it. */
export interface Cell {
  readonly text: string;
  /** It is a name as AWS spells it. */
  readonly isCode?: true;
  /** A mark before the text, which says the same: no state is shown by its color alone. */
  readonly sign?: { readonly glyph: GlyphName; readonly tone?: "blind" | "wait" | "quiet" };
  /** Said below it, smaller. */
  readonly note?: string;
  /** A moment that belongs to it, `Last delivery`; ISO 8601. */
  readonly moment?: { readonly label: string; readonly at: string };
  /** Offered for copying. */
  readonly copy?: { readonly label: string; readonly text: string };
}

export interface TableSection {
  readonly kind: "table";
  /** Anchor on the page. */
  readonly id: string;
  readonly title: string;
  /** How many, in words: `2 trails`. */
  readonly count: string;
  /** Said when there are no rows. */
  readonly empty: string;
  /** Narrow formats leave out what is detail. */
  readonly columns: readonly { readonly title: string; readonly isDetail?: true }[];
  readonly rows: readonly {
    readonly key: string;
    readonly cells: readonly Cell[];
    /** The one that the remediation names. */
    readonly isSuggested: boolean;
  }[];
}

export interface FactsSection {
  readonly kind: "facts";
  readonly id: string;
  readonly title: string;
  readonly facts: readonly { readonly term: string; readonly value: Cell }[];
}

/**
 * What a check shows of the account beside its verdict, in one of the forms that every page and format can draw.
 * Coverage is none of them: the Regions are part of the evaluation, and are drawn where a check gives them.
 */
export type Section = TableSection | FactsSection;

/** What a passing verdict has too much of, and how to be rid of it: one step at a time, in this order. */
export interface Cleanup {
  readonly title: string;
  readonly text: readonly string[];
  readonly steps: readonly {
    readonly key: string;
    readonly title: string;
    readonly text: string;
    readonly command: readonly CommandPart[];
    readonly undo: Instruction;
  }[];
  /** What is there twice and stays all the same, each with its reason. */
  readonly kept: readonly string[];
}

/** Everything a page says about one evaluation, written by the check from the same facts as the verdict. */
export interface Description {
  readonly sentence: readonly SentencePart[];
  /** Short form for lists: `11 of 17 not logged`. */
  readonly short: string;
  readonly sections: readonly Section[];
  readonly change: SuggestedChange | null;
  /** What a repair waits for before it shows, or what a pass still lacks. Absent when it shows at once. */
  readonly waitFor?: string;
  /** Absent when there is nothing to remove, and in older evaluations. */
  readonly cleanup?: Cleanup;
  readonly advisories: readonly { readonly code: string; readonly text: string }[];
  /** IAM actions whose refusal limited this evaluation. */
  readonly missingPermissions: readonly string[];
  /** What the check's own guardrails are filled in with; only that check reads it. Absent in older evaluations. */
  readonly guarded?: unknown;
}
