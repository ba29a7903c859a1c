import { defineWords, type WordOf } from "@/lib/words";

/** Who said when a finding is due: the days of its severity, or a person. */
export const dueSetBys = defineWords("due date set by", ["policy", "person"]);
export type DueSetBy = WordOf<typeof dueSetBys>;
