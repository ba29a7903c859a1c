import type { Answer } from "./wire/answer";

/** What to do with a request: answer it, never answer it, or cut the connection. */
export type Outcome =
  | { readonly kind: "answer"; readonly answer: Answer; readonly changedAccount?: string }
  | { readonly kind: "hang" | "reset" };
