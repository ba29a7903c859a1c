import { plural } from "@/lib/text";

/** Values of a form as text, by the name of their field; a list where a name occurs more than once. */
export type FormValues = Readonly<Record<string, string | readonly string[]>>;

/** What a form gets back. On failure: a sentence, the inputs it is about, and what was typed (never a password). */
export type ActionResult<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly code: string;
      readonly message: string;
      readonly fields: Readonly<Record<string, string>>;
      readonly values: FormValues;
      readonly requestId: string;
    };

/** What went wrong with a form that was sent. */
export type FormFailure = Extract<ActionResult<never>, { ok: false }>;

/**
 * A server action in the shape `useActionState` wants, bound to its organization. Written as a method so that actions
 * with a more exact value fit: forms pass their own last state back and never make one up.
 */
export type FormAction<T = unknown> = {
  send(previous: ActionResult<T> | null, form: FormData): Promise<ActionResult<T>>;
}["send"];

/** What a browser may know of a field before the server judges it: attributes of its control. */
export interface FieldHints {
  readonly type?: "text" | "email" | "password";
  readonly autoComplete?: string;
  readonly inputMode?: "numeric" | "email" | "text";
  readonly required?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
}

/** Hints by the name of the field. */
export type FormHints = Readonly<Record<string, FieldHints>>;

/** The sentence above a form, or in an answer, that names so many fields below it. */
export function fieldsToCheck(n: number): string {
  return n === 1 ? "Check the highlighted field." : `Check the ${n} highlighted ${plural(n, "field")}.`;
}
