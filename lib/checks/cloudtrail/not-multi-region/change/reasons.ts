import type { TrailView } from "@/lib/checks/cloudtrail/inventory/trail-view";
import { isHealthy } from "@/lib/checks/cloudtrail/not-multi-region/rules/coverage";
import { multiRegionTrails } from "@/lib/checks/cloudtrail/not-multi-region/rules/decide";
import { choiceSentence } from "@/lib/checks/cloudtrail/not-multi-region/words/choice-words";
import { eventsText } from "@/lib/checks/cloudtrail/not-multi-region/words/event-words";
import type { WordsInput } from "@/lib/checks/cloudtrail/not-multi-region/words/words-input";
import { primaryRegion } from "@/lib/checks/regions";

/** Why this change, and why on this trail: one sentence each. */
export function changeReasons({ analysis, choice, context }: WordsInput): readonly string[] {
  const { remediation, trail } = choice;
  if (trail === null) {
    return remediation.action === "CREATE_MULTI_REGION_TRAIL"
      ? [
          "There is no trail to convert.",
          remediation.region === primaryRegion(context.account.partition)
            ? `${remediation.region} is the primary Region of this partition.`
            : `${remediation.region ?? ""} is the first Region enabled here.`,
        ]
      : [];
  }
  const chosen = choiceSentence(trail, choice.because);
  if (choice.directAction !== "CONVERT_TRAIL")
    return repairReasons(trail, chosen, multiRegionTrails(analysis.inventory).length);
  const singles = analysis.inventory.trails.filter((t) => !t.description.isMultiRegion);
  const reasons = [
    singles.length === 1
      ? `${trail.description.name} is the only trail; converting it adds the other Regions and no second copy of the events.`
      : `One converted trail covers every Region; converting more than one would copy the events twice.`,
  ];
  if (chosen !== null) reasons.push(chosen);
  reasons.push(`It logs: ${lowerFirst(eventsText(trail.classes))}.`);
  if (isHealthy(trail)) reasons.push("It is logging and delivering.");
  reasons.push(
    `The console cannot make this change. Use the CLI or code, in its home Region ${trail.description.homeRegion}.`,
  );
  if (trail.owner !== context.account.id)
    reasons.push(`Account ${trail.owner} owns it, so the change is made there.`);
  return reasons;
}

function repairReasons(trail: TrailView, chosen: string | null, multiCount: number): readonly string[] {
  const { name, homeRegion } = trail.description;
  const reach = "it already reaches every Region, and every Region enabled later";
  const which =
    multiCount === 1
      ? [`Repair ${name}: ${reach}.`]
      : [chosen ?? `Repair ${name}: of ${multiCount} multi-Region trails it comes first by home Region.`];
  return [...which, `Changes to it are accepted only in its home Region ${homeRegion}.`];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
