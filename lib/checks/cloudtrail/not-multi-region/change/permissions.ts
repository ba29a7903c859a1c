import type { ChangeInput } from "./change-input";
import { keyFixOf, keyPermissions } from "./key-fix";

/** IAM actions for the CLI command; code needs them too, plus the tool's own reads. Null: nothing to run. */
export function permissionsOf(
  input: ChangeInput,
): { readonly actions: readonly string[]; readonly account: string } | null {
  const actions = actionsOf(input);
  if (actions.length === 0) return null;
  const isHere = ["ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL", "FIX_SCAN_PERMISSIONS"].includes(input.action);
  return { actions, account: isHere ? input.accountId : input.owner };
}

function actionsOf(input: ChangeInput): readonly string[] {
  const { action, directAction, update, trail } = input;
  if (action === "FIX_VIA_CONTROL_TOWER") return ["controltower:ResetLandingZone"];
  if (action === "FIX_SCAN_PERMISSIONS") return input.accessActions;
  if (action === "ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL")
    return ["account:EnableRegion", "account:GetRegionOptStatus"];
  if (action === "CREATE_MULTI_REGION_TRAIL") {
    return [
      "s3:CreateBucket",
      "s3:PutBucketPolicy",
      "cloudtrail:CreateTrail",
      "cloudtrail:StartLogging",
      "cloudtrail:GetTrail",
      "cloudtrail:GetTrailStatus",
    ];
  }
  if (update !== null) {
    return [
      ...(update.multiRegion ? ["cloudtrail:UpdateTrail", "cloudtrail:GetTrail"] : []),
      ...(update.selectors === null ? [] : ["cloudtrail:PutEventSelectors", "cloudtrail:GetEventSelectors"]),
      ...(update.logging ? ["cloudtrail:StartLogging", "cloudtrail:GetTrailStatus"] : []),
      // UpdateTrail of an organization trail looks at the organization (CloudTrail user guide, permissions).
      ...(update.multiRegion && trail?.isOrganization
        ? ["organizations:DescribeOrganization", "organizations:ListAWSServiceAccessForOrganization"]
        : []),
    ];
  }
  if (directAction !== "FIX_DELIVERY" || trail === null) return [];
  const keyFix = keyFixOf(input);
  return keyFix === null ? ["s3:GetBucketPolicy", "s3:PutBucketPolicy"] : keyPermissions(keyFix);
}
