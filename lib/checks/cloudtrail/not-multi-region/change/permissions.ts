import { keyFixOf, keyPermissions } from "./key-fix";
import type { Situation } from "./situation";

/** IAM actions for the CLI command; code needs them too, plus the tool's own reads. Null: nothing to run. */
export function permissionsOf(
  situation: Situation,
): { readonly actions: readonly string[]; readonly account: string } | null {
  const actions = actionsOf(situation);
  if (actions.length === 0) return null;
  const isHere = ["ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL", "FIX_SCAN_PERMISSIONS"].includes(situation.action);
  return { actions, account: isHere ? situation.accountId : situation.owner };
}

function actionsOf(situation: Situation): readonly string[] {
  const { action, change, edit, trail } = situation;
  if (action === "FIX_VIA_CONTROL_TOWER") return ["controltower:ResetLandingZone"];
  if (action === "FIX_SCAN_PERMISSIONS") return situation.accessActions;
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
  if (edit !== null) {
    return [
      ...(edit.multiRegion ? ["cloudtrail:UpdateTrail", "cloudtrail:GetTrail"] : []),
      ...(edit.selectors === null ? [] : ["cloudtrail:PutEventSelectors", "cloudtrail:GetEventSelectors"]),
      ...(edit.logging ? ["cloudtrail:StartLogging", "cloudtrail:GetTrailStatus"] : []),
      // UpdateTrail of an organization trail looks at the organization (CloudTrail user guide, permissions).
      ...(edit.multiRegion && trail?.isOrganization
        ? ["organizations:DescribeOrganization", "organizations:ListAWSServiceAccessForOrganization"]
        : []),
    ];
  }
  if (change !== "FIX_DELIVERY" || trail === null) return [];
  const keyFix = keyFixOf(situation);
  return keyFix === null ? ["s3:GetBucketPolicy", "s3:PutBucketPolicy"] : keyPermissions(keyFix);
}
