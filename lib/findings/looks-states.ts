import { defineWords, type WordOf } from "@/lib/words";

/** How looking again at a finding ended. */
export const looksOutcomes = defineWords("looks outcome", ["passing", "spent", "stopped", "failed"]);
export type LooksOutcome = WordOf<typeof looksOutcomes>;

/** Minutes between two looks, and how many there are: an hour. */
export const lookEveryMinutes = 5;
export const mostLooks = 12;
