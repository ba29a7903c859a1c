import { missingGrants } from "@/lib/checks/cloudtrail/not-multi-region/rules/missing-permissions";
import type { WordsInput } from "@/lib/checks/cloudtrail/not-multi-region/words/words-input";
import { failureWords } from "@/lib/checks/facts/failure-words";
import type { ReadFailure } from "@/lib/checks/facts/reading";
import { needsGrant, type RefusedCaller, refusedCaller } from "@/lib/checks/facts/refusing-policy";

/** What to do, in order: around the command, or instead of one. */
export function changeSteps(input: WordsInput): readonly string[] {
  const { remediation, change } = input.choice;
  const { account, region, trail } = remediation;
  switch (remediation.action) {
    case "FIX_ORG_TRAIL":
      return [
        `Sign in to account ${account ?? ""} (the organization's management account) or to a delegated administrator of CloudTrail; members cannot change this trail.`,
        ...stepsOf(change, input),
        "One change there repairs every member account at once.",
      ];
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
      return stepsOf(change, input);
  }
}

function stepsOf(change: string, input: WordsInput): readonly string[] {
  const { remediation } = input.choice;
  switch (change) {
    case "CONVERT_TRAIL":
      return ["Run the command; logging does not stop meanwhile.", "Scan again after a few minutes."];
    case "REAPPLY_MULTI_REGION":
      return [
        "Run the command; it makes AWS create the missing copies.",
        "If a copy is still missing after 24 hours, open a case with AWS Support.",
      ];
    case "START_LOGGING":
      return ["Run the command.", "Scan again after about 15 minutes, when the first log file has arrived."];
    case "FIX_EVENT_SELECTORS":
      return ["Run the command: it replaces the trail's whole list of selectors.", "Scan again."];
    case "CREATE_MULTI_REGION_TRAIL":
      return [
        "Run the commands in this order: bucket, its policy, trail, start. A trail made by CLI logs nothing until start-logging.",
        "Scan again after about 15 minutes, when the first log file has arrived.",
        `When every account of an organization needs one, create an organization trail in the management account instead (--is-organization-trail).`,
      ];
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
      return [];
  }
}

/** Bucket, bucket policy and key are the three places in which delivery breaks. */
function deliverySteps({ choice }: WordsInput): readonly string[] {
  const trail = choice.trail?.description;
  const owner = choice.remediation.account ?? "";
  const bucket = trail?.s3BucketName ?? "the trail's bucket";
  const prefix = trail?.s3KeyPrefix === undefined ? "" : `${trail.s3KeyPrefix}/`;
  const arn = trail?.arn ?? "the trail's ARN";
  const errors = new Set(
    [...(choice.trail?.statuses.values() ?? [])].flatMap((s) => s.latestDeliveryError || []),
  );
  const steps = [
    `Check that ${bucket} exists, and that it is not a Requester Pays bucket.`,
    `In its policy allow the service cloudtrail.amazonaws.com: s3:GetBucketAcl on the bucket, and s3:PutObject on ${prefix}AWSLogs/*, with aws:SourceArn ${arn}. Name the service, not the old per-Region CloudTrail accounts.`,
  ];
  if (trail?.kmsKeyId !== undefined) {
    steps.push(
      `In the policy of key ${trail.kmsKeyId} allow cloudtrail.amazonaws.com kms:GenerateDataKey* for kms:EncryptionContext:aws:cloudtrail:arn like arn:*:cloudtrail:*:${owner}:trail/*. The key must be enabled and in the bucket's Region.`,
    );
  }
  if (errors.size > 0) steps.unshift(`AWS reports: ${[...errors].join(", ")}.`);
  return [...steps, "Scan again after about 15 minutes, when the next log file is due."];
}

/** A grant for what the caller lacks, and for every other policy that refused what its holder has to do. */
function permissionSteps({ analysis }: WordsInput): readonly string[] {
  const grants = missingGrants(analysis);
  const caller = refusedCaller(analysis.blockedBy.find(needsGrant)?.message ?? "");
  const others = analysis.blockedBy.filter((failure) => isDenial(failure) && !needsGrant(failure));
  return [
    ...(grants.length === 0
      ? []
      : [
          `Add ${grants.join(", ")} on all resources to ${placeOf(caller)}. Organization trails live under another account's id, so do not limit the resource.`,
        ]),
    ...new Set(others.map((failure) => failureWords(failure).whatToDo)),
    "Scan again.",
  ];
}

function isDenial({ kind }: ReadFailure): boolean {
  return kind === "denied" || kind === "denied_by_scp";
}

function placeOf(caller: RefusedCaller | null): string {
  if (caller === null) return "the role's policy";
  return caller.kind === "permission_set"
    ? `the permission set ${caller.name} in IAM Identity Center; AWS accepts no change to the roles that it makes of it`
    : `a policy of the ${caller.kind} ${caller.name}`;
}
