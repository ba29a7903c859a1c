import { defineCheck } from "@/lib/checks/check";
import { trailSettings } from "@/lib/checks/cloudtrail/trail-settings";
import { content, frameworks, summary } from "./content";
import { describeEvaluation } from "./describe";
import { checkId, checkVersion, evaluate } from "./evaluate";
import { labels } from "./labels";

/** Log files of every trail that logs can be proven unchanged. */
export const check = defineCheck({
  id: checkId,
  version: checkVersion,
  title: "CloudTrail log file validation is off",
  category: "Logging",
  service: "cloudtrail",
  baseSeverity: "LOW",
  summary,
  // Organization and selectors decide no verdict: they tell which trails the check of coverage keeps.
  needs: [
    "organization",
    "regions",
    "cloudtrail.trails",
    "cloudtrail.trail_status",
    "cloudtrail.event_selectors",
  ],
  needsUnlessPassing: [],
  frameworks,
  content,
  labels,
  hasRegionVerdicts: false,
  evaluate,
  describe: describeEvaluation,
  settings: trailSettings,
});
