import { consoleHost } from "@/lib/aws/partitions";
import type { Partition } from "@/lib/checks/facts/facts";
import { primaryRegion } from "@/lib/checks/regions";
import { defaultRoleName, type RoleTemplateInput } from "./role-template";

/** Name of the template in the operator's bucket: the output of `cloudFormationTemplate()` without input. */
export const templateObjectName = "posturio-role.yaml";

/**
 * A link that opens the CloudFormation console with the template and its values filled in. CloudFormation only
 * takes templates from S3, hence the bucket.
 */
export function quickCreateUrl(
  bucketUrl: string,
  partition: Partition,
  { externalId, principalArn, roleName = defaultRoleName }: RoleTemplateInput,
): string {
  const region = primaryRegion(partition);
  const values = new URLSearchParams({
    templateURL: `${bucketUrl.replace(/\/+$/, "")}/${templateObjectName}`,
    stackName: "posturio",
    param_ExternalId: externalId,
    param_PosturioPrincipalArn: principalArn,
    param_RoleName: roleName,
  });
  const page = `https://${region}.${consoleHost(partition)}/cloudformation/home?region=${region}`;
  return `${page}#/stacks/create/review?${values}`;
}
