import type { Partition } from "@/lib/checks/facts/facts";
import { partitionLabels } from "@/lib/checks/labels";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

/** Our scanner's identity in a partition; null when the operator has set up none there. */
export function principalFor(partition: Partition): string | null {
  const principals: Record<Partition, string | undefined> = {
    aws: env.POSTURIO_PRINCIPAL_ARN_AWS,
    "aws-us-gov": env.POSTURIO_PRINCIPAL_ARN_AWS_US_GOV,
    "aws-cn": env.POSTURIO_PRINCIPAL_ARN_AWS_CN,
    "aws-eusc": env.POSTURIO_PRINCIPAL_ARN_AWS_EUSC,
  };
  return principals[partition] ?? null;
}

/** The same, or invalid_input for a partition without one: roles cannot be assumed across partitions. */
export function requirePrincipal(partition: Partition): string {
  const principal = principalFor(partition);
  if (principal !== null) return principal;
  const text = `${partitionLabels[partition]} is not configured on this installation. Ask the operator to set up a scanner principal for this partition.`;
  throw new AppError("invalid_input", text, { fields: { partition: text } });
}
