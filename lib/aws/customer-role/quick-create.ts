import { consoleHost } from "@/lib/aws/partitions";
import type { Partition } from "@/lib/checks/facts/facts";
import { primaryRegion } from "@/lib/checks/regions";
import { tagsInTemplate } from "./cloudformation-template";
import { type RoleTemplateInput, safeInput } from "./role-template";

/** Name of the template in the operator's bucket: the output of `cloudFormationTemplate()` without input. */
export const templateObjectName = "posturio-role.yaml";

/**
 * A link that opens the CloudFormation console with the template and its values filled in. CloudFormation only
 * takes templates from S3, hence the bucket, and only from its own partition: null for an account in another. Null
 * too for more tags than the published template has parameters for.
 */
export function quickCreateUrl(
  bucketUrl: string,
  partition: Partition,
  input: RoleTemplateInput,
): string | null {
  const values = safeInput(input);
  if (partitionOf(bucketUrl) !== partition || values.tags.length > tagsInTemplate) return null;
  const region = primaryRegion(partition);
  const parameters = new URLSearchParams({
    templateURL: `${bucketUrl.replace(/\/+$/, "")}/${templateObjectName}`,
    stackName: "posturio",
    param_ExternalId: values.externalId,
    param_PosturioPrincipalArn: values.principalArn,
    param_RoleName: values.roleName,
    param_RolePath: values.rolePath,
  });
  if (values.permissionsBoundaryArn !== null) {
    parameters.set("param_PermissionsBoundaryArn", values.permissionsBoundaryArn);
  }
  if (values.logBucket !== null) parameters.set("param_LogBucketName", values.logBucket);
  for (const [index, { key, value }] of values.tags.entries()) {
    parameters.set(`param_TagKey${index + 1}`, key);
    parameters.set(`param_TagValue${index + 1}`, value);
  }
  const page = `https://${region}.${consoleHost(partition)}/cloudformation/home?region=${region}`;
  // Behind the # a + is a plus and no space.
  return `${page}#/stacks/create/review?${String(parameters).replaceAll("+", "%20")}`;
}

/** Where a bucket is, by its address. */
function partitionOf(bucketUrl: string): Partition {
  const { hostname } = new URL(bucketUrl);
  if (hostname.endsWith(".amazonaws.com.cn")) return "aws-cn";
  if (hostname.endsWith(".amazonaws.eu")) return "aws-eusc";
  return /\bus-gov-[a-z]+-\d+\./.test(hostname) ? "aws-us-gov" : "aws";
}
