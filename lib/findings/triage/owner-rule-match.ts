import { defineWords } from "@/lib/words";

/** What a rule for owners looks at, the most exact first. */
export const ownerRuleMatches = defineWords("match of an owner rule", ["account", "label", "environment"]);
