import { isLeft } from "./actions";
import type { Json, JsonObject } from "./json";
import type { ResourceChange } from "./plan-json";
import { letsCloudTrail } from "./service-policy";

const policyTypes = ["aws_s3_bucket_policy", "awscc_s3_bucket_policy", "aws_kms_key_policy"];
const bucketTypes = ["aws_s3_bucket", "awscc_s3_bucket"];

/** Changes that shut CloudTrail out of a bucket or key of which no trail in this plan makes use. */
export function unmatchedDestinations(
  changes: readonly ResourceChange[],
  matched: ReadonlySet<ResourceChange>,
): readonly string[] {
  return changes.flatMap((change) => {
    if (matched.has(change) || isLeft(change)) return [];
    const what = shutsOut(change);
    return what === null
      ? []
      : `${change.address} ${what}. Trails that deliver there, in this account or another, could not any more.`;
  });
}

/** Buckets that the plan deletes. Which of them a trail of another configuration uses, only that one knows. */
export function deletedBuckets(changes: readonly ResourceChange[]): readonly string[] {
  return changes
    .filter((change) => bucketTypes.includes(change.type) && change.after === null && !isLeft(change))
    .map(({ address }) => `${address} is deleted. A trail that delivers there could not any more.`);
}

function shutsOut(change: ResourceChange): string | null {
  const { type, before, after, afterUnknown } = change;
  const isKey = type.includes("_kms_") && type.includes("key");
  if (!policyTypes.includes(type) && !bucketTypes.includes(type) && !isKey) return null;
  const action = isKey ? "kms:GenerateDataKey" : "s3:PutObject";
  const request = { action, resource: null, trailArn: null, account: null };
  const policy = policyIn(before);
  if (policy === null || letsCloudTrail(policy, request) !== "yes") return null;
  if (after === null) return "let CloudTrail in and is deleted";
  if (after.is_enabled === false || after.enabled === false) return "let CloudTrail in and is disabled";
  if (["policy", "policy_document", "key_policy"].some((name) => afterUnknown[name] === true)) {
    return "let CloudTrail in and gets a policy that is only known after apply";
  }
  const next = policyIn(after);
  const answer = next === null ? "yes" : letsCloudTrail(next, request, policy);
  return answer === "yes" ? null : `no longer ${answer === "unsure" ? "certainly " : ""}lets CloudTrail in`;
}

function policyIn(values: JsonObject | null): Json {
  return values?.policy ?? values?.policy_document ?? values?.key_policy ?? null;
}
