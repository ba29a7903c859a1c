import type { Partition } from "./facts/facts";

export const partitions: readonly Partition[] = ["aws", "aws-us-gov", "aws-cn", "aws-eusc"];

export interface Arn {
  readonly partition: Partition;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** Parts of an ARN of one of the four partitions; null when it is not one. Region and account may be empty. */
export function parseArn(text: string): Arn | null {
  const [prefix, partition, service, region, account, ...resource] = text.split(":");
  if (prefix !== "arn" || !isPartition(partition)) return null;
  if (!service || region === undefined || account === undefined || resource.length === 0) return null;
  return { partition, service, region, account, resource: resource.join(":") };
}

/** ARN of a trail; `region` is its home Region and `account` its owner. */
export function trailArn(partition: Partition, region: string, account: string, name: string): string {
  return `arn:${partition}:cloudtrail:${region}:${account}:trail/${name}`;
}

/** Account that owns the named resource, or null when the text is no ARN. */
export function ownerOf(arn: string): string | null {
  return parseArn(arn)?.account ?? null;
}

export function isPartition(text: string | undefined): text is Partition {
  return partitions.some((partition) => partition === text);
}
