import { z } from "zod";
import { isTimeZone } from "@/lib/findings/due/due-date";
import { ownerRuleMatches } from "@/lib/findings/triage/owner-rule-match";
import { hinted } from "@/lib/input/form-hints";
import { oneLine } from "@/lib/text";
import { proofLevels } from "@/lib/verification/verification-states";

const days = hinted(
  z.int("Give a number of days.").min(1, "At least one day.").max(365, "At most 365 days."),
  { inputMode: "numeric" },
);

/** How long an organization gives itself to fix a finding, and in whose days. */
export const triageSettings = z.strictObject({
  version: z.int().nonnegative(),
  timeZone: z.string().trim().max(64).refine(isTimeZone, "Give a time zone, such as Europe/Berlin."),
  critical: days,
  high: days,
  medium: days,
  low: days,
  businessDays: z.boolean(),
});

/** What counts as proof of a fix. */
export const proofSettings = z.strictObject({
  version: triageSettings.shape.version,
  requiredProof: z.enum(proofLevels.values, "Choose one of the three."),
});

/** Who is suggested for the findings of which accounts. */
export const newOwnerRule = z.strictObject({
  match: z.enum(ownerRuleMatches.values, "Choose what the rule looks at."),
  value: z
    .string()
    .transform(oneLine)
    .pipe(z.string().min(1, "Say which one.").max(80, "Use at most 80 characters.")),
  ownerId: z.uuid("Choose one of the members."),
});

export const ownerRuleRemoval = z.strictObject({ ruleId: z.uuid() });
