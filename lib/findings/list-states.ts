import { defineWords, type WordOf } from "@/lib/words";

/** Orders of the list; with a minus the whole order is turned around. */
export const findingSorts = defineWords("order of findings", [
  "priority",
  "-priority",
  "severity",
  "-severity",
  "due",
  "-due",
  "observationSince",
  "-observationSince",
  "account",
  "-account",
]);
export type FindingSort = WordOf<typeof findingSorts>;

/** What findings that stand together have in common. */
export const findingGroups = defineWords("group of findings", ["cause", "account", "owner", "dueWeek"]);
export type FindingGroup = WordOf<typeof findingGroups>;

/** What a person claimed of a finding: it stands now, or a scan contradicted it in this episode. */
export const claimFilters = defineWords("claim", ["open", "failed"]);

/** The key of what nobody owns, see the column owner_key. */
export const nobody = "00000000-0000-0000-0000-000000000000";
