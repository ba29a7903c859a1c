import { missingGrants } from "@/lib/checks/cloudtrail/not-multi-region/rules/missing-permissions";
import type { Action } from "@/lib/checks/cloudtrail/not-multi-region/rules/reasons";
import type { WordsInput } from "@/lib/checks/cloudtrail/not-multi-region/words/words-input";
import { failureWords } from "@/lib/checks/facts/failure-words";
import type { ReadFailure } from "@/lib/checks/facts/reading";
import { needsGrant } from "@/lib/checks/facts/refusing-policy";
import { deliverySteps } from "./delivery-steps";
import { type Grantee, granteeOf } from "./grantee";
import { inManagementAccount, inOrder, stepsOfAction } from "./tool-steps";

/** What to do, in order: around the command, or instead of one. */
export function changeSteps(input: WordsInput): readonly string[] {
  const { remediation, directAction } = input.choice;
  const { account, region, trail } = remediation;
  switch (remediation.action) {
    case "FIX_ORG_TRAIL":
      return inOrder(
        inManagementAccount(account ?? "", { before: stepsOf(directAction, input), cli: [], after: [] }),
      );
    case "FIX_VIA_CONTROL_TOWER":
      return [
        `Open Control Tower in the management account ${account ?? ""}; its guardrail denies direct changes to ${trail ?? "the trail"}.`,
        "Under Landing zone settings choose Reset (or Repair) and let it finish; this restores the trail in every account.",
        "If it persists, check in the log archive account that the bucket and its key still admit CloudTrail.",
      ];
    case "ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL":
      return [
        `Either enable ${region ?? ""} in account ${input.context.account.id} with this command; it takes minutes to hours.`,
        `Or, in account ${account ?? ""}, create the organization trail again in a default Region, wait for its first delivery, then delete ${trail ?? "the old one"}.`,
        "The second way repairs every member account at once.",
      ];
    default:
      return stepsOf(directAction, input);
  }
}

function stepsOf(action: Action, input: WordsInput): readonly string[] {
  const { remediation } = input.choice;
  switch (action) {
    case "FIX_DELIVERY":
      return deliverySteps(input);
    case "FIX_SCAN_PERMISSIONS":
      return permissionSteps(input);
    case "CONNECT_ORG_ACCOUNT":
      return [
        "Connect the organization's management account.",
        "Scan it once; then scan this account again.",
      ];
    case "FIX_CONNECTION":
    case "RETRY": {
      const [failure] = input.analysis.blockedBy;
      return failure === undefined ? ["Scan again."] : [failureWords(failure).whatToDo];
    }
    case "ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL":
      return [`Enable ${remediation.region ?? ""}, or create the trail again in a default Region.`];
    default:
      return inOrder(stepsOfAction(action));
  }
}

/** A grant for what the caller lacks, and for every other policy that refused what its holder has to do. */
function permissionSteps({ analysis, context }: WordsInput): readonly string[] {
  const grants = missingGrants(analysis);
  const grantee = granteeOf(analysis.blockedBy.find(needsGrant), context.scanner ?? null);
  const others = analysis.blockedBy.filter((failure) => isDenial(failure) && !needsGrant(failure));
  return [
    ...(grants.length === 0
      ? []
      : [
          `Add ${grants.join(", ")} on all resources to ${placeOf(grantee)}. Organization trails live under another account's id, so do not limit the resource.`,
        ]),
    ...new Set(others.map((failure) => failureWords(failure).whatToDo)),
    "Scan again.",
  ];
}

function isDenial({ kind }: ReadFailure): boolean {
  return kind === "denied" || kind === "denied_by_scp";
}

function placeOf(grantee: Grantee | null): string {
  if (grantee === null) return "the role's policy";
  return grantee.kind === "permission_set"
    ? `the permission set ${grantee.name} in IAM Identity Center; AWS accepts no change to the roles that it makes of it`
    : `a policy of the ${grantee.kind} ${grantee.name}`;
}
