import type { EvaluationContext } from "./evaluation-context";
import type { Facts } from "./facts/facts";

/** Something to copy, and what it is for. Identifiers in prose are between backticks. */
export interface PageSnippet {
  readonly label: string;
  readonly text: string;
  /** What the answer means. */
  readonly note?: string;
}

/** A titled part of a page; its id is its anchor and never changes. */
export interface Passage {
  readonly id: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly points?: readonly string[];
  readonly snippets?: readonly PageSnippet[];
}

/** A world in which the check fails in one way: the page shows the fix that the check itself gives for it. */
export interface PageSituation {
  readonly id: string;
  /** How a person recognizes it: `You have single-Region trails only`. */
  readonly title: string;
  readonly facts: Partial<Facts>;
  readonly context: EvaluationContext & { readonly accountName: string };
}

/** How another tool judges the same thing, from its published rules. */
export interface PeerRow {
  readonly tool: string;
  readonly rule: string;
  readonly differs: string;
  readonly ours: string;
}

export interface PageSource {
  readonly title: string;
  readonly publisher: string;
  readonly url: string;
  /** When we last read it, ISO 8601 date. */
  readonly readOn: string;
}

/** What the public page of a check says beyond its content: the page, its structured data and its tests share it. */
export interface CheckPage {
  /** For search results, at most 160 characters. */
  readonly description: string;
  readonly published: string;
  readonly reviewed: string;
  /** Newest first. */
  readonly history: readonly { readonly date: string; readonly text: string }[];
  /** One paragraph: what the check says, and when it fails. */
  readonly verdict: string;
  readonly affected: {
    readonly paragraphs: readonly string[];
    readonly snippets: readonly PageSnippet[];
  };
  readonly operations: readonly Passage[];
  /** In order; the first is the change, which the situations then show for each case. */
  readonly fix: readonly Passage[];
  readonly situations: readonly PageSituation[];
  readonly verification: readonly Passage[];
  readonly peers: { readonly paragraphs: readonly string[]; readonly rows: readonly PeerRow[] };
  readonly sources: readonly PageSource[];
}
