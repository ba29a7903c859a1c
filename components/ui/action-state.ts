/** What a form gets back from a server action: nothing yet, done, or what is wrong in words for people. */
export type ActionState =
  | null
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      readonly code: string;
      readonly message: string;
      readonly fields: Readonly<Record<string, string>>;
      /** What was typed, to show it again. Never a secret. */
      readonly values: Readonly<Record<string, string>>;
      readonly requestId: string;
    };

/**
 * A server action in the shape `useActionState` wants, bound to its organization. Written as a method so that actions
 * with a more exact value fit: forms pass their own last state back and never make one up.
 */
export type FormAction = {
  send(previous: ActionState, form: FormData): Promise<Exclude<ActionState, null>>;
}["send"];
