import type { WordsInput } from "@/lib/checks/cloudtrail/not-multi-region/words/words-input";

/** Cost, duplicates, what is recovered: one sentence each. */
export function changeNotes(input: WordsInput): readonly string[] {
  const { choice } = input;
  if (choice.remediation.region === undefined) return [];
  const notes: string[] = [];
  notes.push(...costNotes(input));
  if (choice.change === "FIX_DELIVERY") {
    notes.push("CloudTrail keeps retrying for 30 days, so a repair in time recovers the missing log files.");
  } else {
    notes.push("Events from before the change exist only in Event history, for 90 days.");
  }
  return notes;
}

function costNotes({ analysis, choice }: WordsInput): readonly string[] {
  const addsRegions = ["CONVERT_TRAIL", "CREATE_MULTI_REGION_TRAIL", "REAPPLY_MULTI_REGION", "START_LOGGING"];
  if (!addsRegions.includes(choice.change)) return [];
  const leftovers = analysis.inventory.trails.filter(
    (trail) => trail !== choice.trail && trail.health !== "STOPPED" && !trail.isForeign,
  );
  const notes = [
    "The first copy of management events is free in each Region; S3 storage and requests usually stay under a few dollars a month.",
  ];
  if (leftovers.length > 0) {
    const names = leftovers.map((trail) => trail.description.name).join(", ");
    notes.push(
      `After verifying, retire ${names}: each further copy of management events costs $2.00 per 100,000 events.`,
    );
  }
  return notes;
}
