import { isReadable } from "@/lib/checks/cloudtrail/inventory/region-view";
import { isHealthy } from "@/lib/checks/cloudtrail/not-multi-region/rules/coverage";
import { type Analysis, multiRegionTrails } from "@/lib/checks/cloudtrail/not-multi-region/rules/decide";
import type { RuleStep } from "@/lib/checks/evaluation";
import { count } from "@/lib/text";

/** The rules that led to the verdict, in the order they were applied, each with what it saw. */
export function ruleSteps(analysis: Analysis): readonly RuleStep[] {
  if (analysis.reason === "ROLE_NOT_ASSUMABLE" || analysis.inventory.regions.length === 0) {
    return [{ rule: "The account must be reachable", saw: "No session in the account", so: "Not evaluated" }];
  }
  const steps = [regionsStep(analysis), trailsStep(analysis)];
  if (analysis.inventory.regions.some(isReadable))
    steps.push(inheritanceStep(analysis), coverageStep(analysis));
  return [...steps, outcomeStep(analysis)];
}

function regionsStep({ inventory }: Analysis): RuleStep {
  return {
    rule: "Every enabled Region counts",
    saw: inventory.isRegionListRead
      ? `${inventory.regions.length} enabled, ${inventory.notEnabledRegions.length} not enabled`
      : "The Region list could not be read",
    so: inventory.isRegionListRead ? "All enabled Regions are judged" : "The default Regions are judged",
  };
}

function trailsStep({ inventory }: Analysis): RuleStep {
  const read = inventory.regions.filter(isReadable).length;
  const multi = inventory.trails.filter((trail) => trail.description.isMultiRegion).length;
  return {
    rule: "Trails are listed in every Region",
    saw: `${read} of ${inventory.regions.length} Regions answered; ${count(inventory.trails.length, "trail")}, ${multi} multi-Region`,
    so: read === 0 ? "Nothing can be concluded" : "One answer proves whether a multi-Region trail exists",
  };
}

function inheritanceStep(analysis: Analysis): RuleStep {
  const multi = multiRegionTrails(analysis.inventory);
  const well = multi.filter(isHealthy);
  const states = multi.map((trail) => `${trail.description.name}: ${trail.health}`).join(", ");
  return {
    rule: "Healthy multi-Region trails must log all management events together",
    saw: multi.length === 0 ? "No multi-Region trail" : states,
    so: well.length === 0 ? "New Regions inherit nothing" : `${well.length} of ${multi.length} count`,
  };
}

function coverageStep({ coverage }: Analysis): RuleStep {
  const inState = (state: string) => coverage.filter((region) => region.state === state).length;
  return {
    rule: "No Region may be left out",
    saw: `${inState("covered")} covered, ${inState("partial")} partly, ${inState("uncovered")} not, ${inState("unknown")} unknown`,
    so: inState("partial") + inState("uncovered") === 0 ? "No gap is proven" : "A gap is proven",
  };
}

function outcomeStep({ verdict, reason, assurance }: Analysis): RuleStep {
  return {
    rule: "Verdict",
    saw: reason,
    so: assurance === null ? verdict : `${verdict}, ${assurance}`,
  };
}
