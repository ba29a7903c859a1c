import { page } from "#prose/cloudtrail/not-multi-region/content/page";
import { failsSilently } from "#prose/cloudtrail/not-multi-region/rules/silent";
import { defineCheck } from "@/lib/checks/check";
import { trailSettings } from "@/lib/checks/cloudtrail/trail-settings";
import { content, frameworks, summary } from "./content/content";
import { describeEvaluation } from "./describe";
import { checkId, checkVersion, evaluate } from "./evaluate";
import { guardrailsFor } from "./guardrails/guardrails";
import { expectedDelivery } from "./rules/delivery";
import { labels } from "./words/labels";

/** CloudTrail records management events in every enabled Region, and Regions enabled later inherit it. */
export const check = defineCheck({
  id: checkId,
  version: checkVersion,
  title: "CloudTrail is not multi-Region",
  category: "Logging",
  service: "cloudtrail",
  baseSeverity: "MEDIUM",
  summary,
  needs: [
    "organization",
    "regions",
    "cloudtrail.trails",
    "cloudtrail.trail_status",
    "cloudtrail.event_selectors",
  ],
  needsUnlessPassing: ["cloudtrail.event_data_stores", "cloudtrail.trail_tags"],
  frameworks,
  content,
  labels,
  hasRegionVerdicts: true,
  page,
  evaluate,
  describe: describeEvaluation,
  settings: trailSettings,
  guardrails: guardrailsFor,
  expectedDelivery,
  failsSilently,
});
