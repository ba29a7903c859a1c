/**
 * An end that the operator can do something about: the message says what happened and what to do, and is printed
 * without a stack. Known by its name, because `npm start` loads this code as a bundle of its own.
 */
export class Refusal extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "Refusal";
  }
}
