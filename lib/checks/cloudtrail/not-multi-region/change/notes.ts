import { gapsOf } from "@/lib/checks/cloudtrail/not-multi-region/rules/recovery";
import { planRetirement } from "@/lib/checks/cloudtrail/not-multi-region/rules/retirement";
import { recoveryText } from "@/lib/checks/cloudtrail/not-multi-region/words/recovery-words";
import type { WordsInput } from "@/lib/checks/cloudtrail/not-multi-region/words/words-input";
import { plural } from "@/lib/text";

/** Cost, duplicates, what is recovered: one sentence each. */
export function changeNotes(input: WordsInput): readonly string[] {
  const { analysis, choice, context } = input;
  if (choice.remediation.region === undefined) return [];
  return [...costNotes(input), ...gapsOf(analysis, context.now).map(recoveryText)];
}

function costNotes({ analysis, choice, context }: WordsInput): readonly string[] {
  const addsRegions = ["CONVERT_TRAIL", "CREATE_MULTI_REGION_TRAIL", "REAPPLY_MULTI_REGION", "START_LOGGING"];
  if (!addsRegions.includes(choice.directAction)) return [];
  const free =
    "The first copy of management events is free in each Region; S3 storage and requests usually stay under a few dollars a month.";
  const left = planRetirement(analysis, choice, context)?.retire ?? [];
  if (left.length === 0) return [free];
  const n = left.length;
  const names = named(left.map((trail) => trail.description.name));
  return [
    free,
    `From then on ${names} only ${plural(n, "copies", "copy")} management events a second time, at $2.00 per 100,000 events. Keep ${plural(n, "it", "them")} until this finding passes: its page then says how to retire ${plural(n, "it", "them, one at a time")}.`,
  ];
}

function named(names: readonly string[]): string {
  const shown = names.slice(0, 4);
  const rest = names.length - shown.length;
  const all = rest === 0 ? shown : [...shown, `${rest} more`];
  return all.length === 1 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}
