import { defineWords, type WordOf } from "@/lib/words";

/** How looking again at a finding ended. */
export const looksEndings = defineWords("looks ending", ["passing", "spent", "stopped", "failed"]);
export type LooksEnding = WordOf<typeof looksEndings>;

/** Minutes between two looks, and how many there are: an hour. */
export const lookEveryMinutes = 5;
export const mostLooks = 12;
