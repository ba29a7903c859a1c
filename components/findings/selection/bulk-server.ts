import type { BulkAction, BulkResult } from "@/lib/findings/bulk-states";
import type { ActionResult } from "@/lib/input/form-view";

export interface Person {
  readonly id: string;
  readonly name: string;
}

/** A change as a dialog sends it. */
export interface BulkForm {
  readonly keys: string[];
  readonly action: BulkAction;
  readonly ownerId?: string | null;
  readonly day?: string | null;
  readonly dueReason?: string;
  readonly note?: string;
  readonly guardrail?: string;
  readonly guardrailWaiver?: string;
}

type Action<I, T> = (input: I) => Promise<ActionResult<T>>;

/** What the selection asks of the server, bound to its organization. */
export interface BulkServer {
  readonly preview: Action<BulkForm, BulkResult>;
  /** `once` names this try: sent again with the same name, it goes on and happens once. */
  readonly change: Action<BulkForm & { readonly once: string }, BulkResult>;
  /** Keys of all that match the list's query; as many as can be changed at once. */
  readonly matching: Action<{ readonly query: string }, string[]>;
  readonly people: Action<Record<never, never>, readonly Person[]>;
}
