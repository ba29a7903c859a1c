import type { EventSelectors, TrailDescription } from "@/lib/checks/facts/cloudtrail";
import type { Facts } from "@/lib/checks/facts/facts";
import type { CommandPart, SuggestedChange } from "@/lib/checks/verdict";
import { changeNotes } from "./change-notes";
import { changeReasons } from "./change-reasons";
import { changeSteps } from "./change-steps";
import {
  createTrail,
  enableRegion,
  joinCommands,
  logAllManagementEvents,
  makeMultiRegion,
  startLogging,
} from "./commands";
import { isComplete } from "./decide";
import type { Action } from "./reasons";
import type { WordsInput } from "./words-input";

/** The one change to make, with this account's names in it; null when there is nothing to change. */
export function suggestedChange(input: WordsInput, facts: Partial<Facts>): SuggestedChange | null {
  const { remediation } = input.choice;
  if (remediation.action === "NONE") return null;
  const command = commandFor(input, facts);
  const { trail, region } = remediation;
  return {
    action: remediation.action,
    title: titleOf(input),
    reasons: changeReasons(input),
    ...(trail === undefined || region === undefined ? {} : { target: `${trail} · home Region ${region}` }),
    ...(command === null ? {} : { command }),
    steps: changeSteps(input),
    notes: changeNotes(input, facts),
  };
}

const titles: Readonly<Record<Action, string>> = {
  CONNECT_ORG_ACCOUNT: "Connect the organization's management account",
  CONVERT_TRAIL: "Convert one trail to multi-Region",
  CREATE_MULTI_REGION_TRAIL: "Create one multi-Region trail",
  ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL: "Enable the trail's home Region, or move the trail",
  FIX_CONNECTION: "Repair the connection",
  FIX_DELIVERY: "Let the trail deliver again",
  FIX_EVENT_SELECTORS: "Log all management events",
  FIX_ORG_TRAIL: "Repair the organization trail",
  FIX_SCAN_PERMISSIONS: "Grant the missing permission",
  FIX_VIA_CONTROL_TOWER: "Repair the trail through Control Tower",
  NONE: "Nothing to change",
  REAPPLY_MULTI_REGION: "Apply the multi-Region setting again",
  RETRY: "Scan again",
  START_LOGGING: "Start logging",
};

function titleOf({ choice }: WordsInput): string {
  const { action, account } = choice.remediation;
  if (action !== "FIX_ORG_TRAIL") return titles[choice.remediation.action as Action];
  return `${titles[choice.change]}, in account ${account ?? ""}`;
}

function commandFor({ choice, context }: WordsInput, facts: Partial<Facts>): readonly CommandPart[] | null {
  const { action, region } = choice.remediation;
  if (action === "FIX_VIA_CONTROL_TOWER") return null;
  if (action === "CREATE_MULTI_REGION_TRAIL") return createTrail(region ?? "");
  if (action === "ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL") return enableRegion(region ?? "");
  const description = describedTrail({ choice, context });
  if (description === null) return null;
  const selectors = selectorsOf(description.arn, facts, context);
  switch (choice.change) {
    case "CONVERT_TRAIL": {
      const isIncomplete =
        choice.trail !== null && choice.trail.classes !== null && !isComplete(choice.trail);
      return joinCommands([
        makeMultiRegion(description),
        ...(isIncomplete ? [logAllManagementEvents(description, selectors)] : []),
        ...(choice.trail?.health === "STOPPED" ? [startLogging(description)] : []),
      ]);
    }
    case "REAPPLY_MULTI_REGION":
      return makeMultiRegion(description);
    case "START_LOGGING":
      return startLogging(description);
    case "FIX_EVENT_SELECTORS":
      return logAllManagementEvents(description, selectors);
    default:
      return null;
  }
}

function describedTrail({
  choice,
  context,
}: Pick<WordsInput, "choice" | "context">): TrailDescription | null {
  if (choice.trail !== null) return choice.trail.description;
  const { trail, region } = choice.remediation;
  const evidence = context.organizationEvidence?.trails ?? [];
  return evidence.map((e) => e.description).find((d) => d.name === trail && d.homeRegion === region) ?? null;
}

function selectorsOf(
  arn: string,
  facts: Partial<Facts>,
  context: WordsInput["context"],
): EventSelectors | null {
  const own = facts["cloudtrail.event_selectors"]?.[arn];
  if (own?.ok) return own.value;
  const evidence = context.organizationEvidence?.trails.find((trail) => trail.description.arn === arn);
  return evidence?.selectors ?? null;
}
