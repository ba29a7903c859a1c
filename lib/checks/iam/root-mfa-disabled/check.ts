import { page } from "#prose/iam/root-mfa-disabled/content-page";
import { defineCheck } from "@/lib/checks/check";
import { content, frameworks, summary } from "./content";
import { describeEvaluation } from "./describe";
import { checkId, checkVersion, evaluate } from "./evaluate";
import { labels } from "./labels";
import { rootSettings } from "./settings";

/** The root user of the account has a second factor, or nothing to sign in with. */
export const check = defineCheck({
  id: checkId,
  version: checkVersion,
  title: "The root user has no MFA",
  category: "Identity",
  service: "iam",
  baseSeverity: "HIGH",
  summary,
  needs: ["iam.account_summary"],
  needsUnlessPassing: [],
  frameworks,
  content,
  labels,
  hasRegionVerdicts: false,
  page,
  evaluate,
  describe: describeEvaluation,
  settings: rootSettings,
});
