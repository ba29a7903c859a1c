import { defineWords, type WordOf } from "@/lib/words";

/** How urgent a finding is, the most urgent first. Stored as the number, 1 to 4. */
export const priorities = defineWords("priority", ["P1", "P2", "P3", "P4"]);
export type Priority = WordOf<typeof priorities>;

/** The word of a stored number; null for a finding without a priority. */
export function priorityOf(stored: number | null): Priority | null {
  return stored === null ? null : priorities.parse(`P${stored}`);
}
