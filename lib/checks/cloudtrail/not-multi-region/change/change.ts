import type { Action } from "@/lib/checks/cloudtrail/not-multi-region/rules/reasons";
import type { WordsInput } from "@/lib/checks/cloudtrail/not-multi-region/words/words-input";
import type { Facts } from "@/lib/checks/facts/facts";
import { needsGrant } from "@/lib/checks/facts/refusing-policy";
import type { SuggestedChange } from "@/lib/checks/suggested-change";
import { changeCode } from "./change-code";
import { changeInputOf } from "./change-input";
import { changeNotes } from "./notes";
import { changeReasons } from "./reasons";
import { changeSteps } from "./steps";

/** The one change to make, with this account's names in it; null when there is nothing to change. */
export function suggestedChange(input: WordsInput, facts: Partial<Facts>): SuggestedChange | null {
  const { remediation } = input.choice;
  if (remediation.action === "NONE") return null;
  const code = changeCode(changeInputOf(input, facts), input.analysis);
  const { trail, region } = remediation;
  return {
    action: remediation.action,
    title: titleOf(input),
    reasons: changeReasons(input),
    ...(trail === undefined || region === undefined ? {} : { target: `${trail} · home Region ${region}` }),
    steps: changeSteps(input),
    notes: changeNotes(input),
    ...code,
  };
}

const titles: Readonly<Record<Action, string>> = {
  CONNECT_ORG_ACCOUNT: "Connect the organization's management account",
  CONVERT_TRAIL: "Convert one trail to multi-Region",
  CREATE_MULTI_REGION_TRAIL: "Create one multi-Region trail",
  ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL: "Enable the trail's home Region, or move the trail",
  FIX_CONNECTION: "Repair the connection",
  FIX_DELIVERY: "Restore delivery",
  FIX_EVENT_SELECTORS: "Log all management events",
  FIX_ORG_TRAIL: "Repair the organization trail",
  FIX_SCAN_PERMISSIONS: "Grant the missing permission",
  FIX_VIA_CONTROL_TOWER: "Repair the trail through Control Tower",
  NONE: "Nothing to change",
  REAPPLY_MULTI_REGION: "Apply the multi-Region setting again",
  RETRY: "Scan again",
  START_LOGGING: "Start logging",
};

function titleOf({ choice, analysis }: WordsInput): string {
  const { action, account } = choice.remediation;
  if (action === "FIX_SCAN_PERMISSIONS" && !analysis.blockedBy.some(needsGrant)) return "Let the scan read";
  if (action !== "FIX_ORG_TRAIL") return titles[choice.remediation.action as Action];
  return `${titles[choice.directAction]}, in account ${account ?? ""}`;
}
