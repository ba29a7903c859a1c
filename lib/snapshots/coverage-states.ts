import { defineWords, type WordOf } from "@/lib/words";

/**
 * How a day of an account is drawn: the worst that it held. `not_connected`: no Region of it was ours to read;
 * `pending`: its snapshot has not been taken yet.
 */
export const cellStates = defineWords("state of a day", [
  "covered",
  "partial",
  "uncovered",
  "unknown",
  "not_connected",
  "pending",
]);
export type CellState = WordOf<typeof cellStates>;
