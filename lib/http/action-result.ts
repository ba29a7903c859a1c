/** What a form gets back. On failure: a sentence, the inputs it is about, and what was typed (never a password). */
export type ActionResult<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly code: string;
      readonly message: string;
      readonly fields: Readonly<Record<string, string>>;
      readonly values: Readonly<Record<string, string>>;
      readonly requestId: string;
    };
