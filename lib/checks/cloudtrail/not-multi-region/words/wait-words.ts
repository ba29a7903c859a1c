import type { Action } from "@/lib/checks/cloudtrail/not-multi-region/rules/reasons";
import { day } from "./time-words";
import type { WordsInput } from "./words-input";

const copies =
  "The trail's copies appear in the other Regions within minutes, and a Region's first log file about 15 minutes after something happens there. AWS allows 24 hours for the copies.";
const firstFile = "The first log file is due about 15 minutes after logging starts.";
const access = "IAM changes reach every Region within minutes.";

/** What a repair waits for before it shows. Actions that are no change of the account wait for nothing. */
const waits: Readonly<Partial<Record<Action, string>>> = {
  CONVERT_TRAIL: copies,
  REAPPLY_MULTI_REGION: copies,
  CREATE_MULTI_REGION_TRAIL: firstFile,
  START_LOGGING: firstFile,
  FIX_EVENT_SELECTORS: "The new selectors show within a few minutes.",
  ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL:
    "Enabling a Region takes minutes to hours; the trail's copy appears there after that.",
  FIX_SCAN_PERMISSIONS: access,
  FIX_CONNECTION: access,
};

/** What to wait for after the repair, or, on a pass, what is still outstanding; null when nothing is. */
export function waitText(input: WordsInput): string | null {
  const { analysis, choice } = input;
  if (analysis.verdict === "PASS") {
    return analysis.assurance === "PENDING"
      ? `The trail is set up and has delivered nothing yet. ${firstFile} AWS allows 24 hours.`
      : null;
  }
  if (choice.remediation.action === "FIX_VIA_CONTROL_TOWER") {
    return "Resetting the landing zone takes up to an hour; the trail delivers about 15 minutes after that.";
  }
  const wait =
    choice.directAction === "FIX_DELIVERY" ? deliveryWait(input) : (waits[choice.directAction] ?? null);
  return wait !== null && choice.remediation.action === "FIX_ORG_TRAIL"
    ? `${wait} In member accounts it can take longer, up to 24 hours.`
    : wait;
}

function deliveryWait({ choice }: WordsInput): string {
  const times = [...(choice.trail?.statuses.values() ?? [])].flatMap((s) => s.latestDeliveryTime ?? []);
  const last = times.sort((a, b) => Date.parse(b) - Date.parse(a))[0];
  const since =
    last === undefined ? "It has delivered nothing so far." : `Its last log file is of ${day(last)}.`;
  return `CloudTrail retries automatically, and the next log file is due within 15 minutes. Until it arrives, AWS still reports the old error. ${since}`;
}
