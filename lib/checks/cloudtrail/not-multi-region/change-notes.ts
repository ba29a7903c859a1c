import type { Facts } from "@/lib/checks/facts/facts";
import { isComplete } from "./decide";
import type { TrailView } from "./trail-view";
import type { WordsInput } from "./words-input";

const permissions: Readonly<Record<string, string>> = {
  CONVERT_TRAIL: "cloudtrail:UpdateTrail",
  REAPPLY_MULTI_REGION: "cloudtrail:UpdateTrail",
  START_LOGGING: "cloudtrail:StartLogging",
  FIX_EVENT_SELECTORS: "cloudtrail:PutEventSelectors",
  CREATE_MULTI_REGION_TRAIL: "cloudtrail:CreateTrail and cloudtrail:StartLogging",
  FIX_DELIVERY: "s3:PutBucketPolicy on the bucket, or kms:PutKeyPolicy on the key",
  ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL: "account:EnableRegion",
};

/** Ownership by code, cost, duplicates, the permission needed: one sentence each. */
export function changeNotes(input: WordsInput, facts: Partial<Facts>): readonly string[] {
  const { choice } = input;
  if (choice.remediation.region === undefined) return [];
  const notes: string[] = [];
  const owner = choice.trail === null ? null : ownershipNote(choice.trail, facts);
  if (owner !== null) notes.push(owner);
  notes.push(...costNotes(input));
  const needed = neededPermissions(input);
  if (needed !== null) notes.push(`Whoever runs it needs ${needed}.`);
  if (choice.change === "FIX_DELIVERY") {
    notes.push("CloudTrail keeps retrying for 30 days, so a repair in time recovers the missing log files.");
  } else {
    notes.push("Events from before the change exist only in Event history, for 90 days.");
  }
  return notes;
}

function neededPermissions({ choice }: WordsInput): string | null {
  if (choice.remediation.action === "FIX_VIA_CONTROL_TOWER") return null;
  const permission = permissions[choice.change];
  if (permission === undefined) return null;
  if (choice.change !== "CONVERT_TRAIL" || choice.trail === null) return permission;
  const isIncomplete = choice.trail.classes !== null && !isComplete(choice.trail);
  const further = [
    ...(isIncomplete ? ["cloudtrail:PutEventSelectors"] : []),
    ...(choice.trail.health === "STOPPED" ? ["cloudtrail:StartLogging"] : []),
  ];
  return [permission, ...further].join(" and ");
}

function costNotes({ analysis, choice }: WordsInput): readonly string[] {
  const addsRegions = ["CONVERT_TRAIL", "CREATE_MULTI_REGION_TRAIL", "REAPPLY_MULTI_REGION", "START_LOGGING"];
  if (!addsRegions.includes(choice.change)) return [];
  const leftovers = analysis.inventory.trails.filter(
    (trail) => trail !== choice.trail && trail.health !== "STOPPED",
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

/** Tags that deployment tools leave: a change made past them is undone by the next deployment. */
function ownershipNote(trail: TrailView, facts: Partial<Facts>): string | null {
  const reading = facts["cloudtrail.trail_tags"]?.[trail.arn];
  if (!reading?.ok) return null;
  const tags = Object.entries(reading.value);
  const stack = tags.find(([key]) => key === "aws:cloudformation:stack-name")?.[1];
  if (stack !== undefined) {
    return `CloudFormation stack ${stack} manages this trail: change it there (IsMultiRegionTrail: true), or the next deployment undoes the command.`;
  }
  const isTerraform = tags.some(([key, value]) => /terraform|opentofu/i.test(`${key} ${value}`));
  return isTerraform
    ? "Terraform manages this trail, by its tags: change it there (is_multi_region_trail = true), or the next apply undoes the command."
    : null;
}
