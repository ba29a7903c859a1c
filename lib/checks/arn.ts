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

/** The partition that an ARN names, supported or not; null when the text is no ARN. */
export function partitionNamedIn(arn: string): string | null {
  return /^arn:(aws[a-z0-9-]*):/.exec(arn)?.[1] ?? null;
}

/** Partitions that Regions we do not support belong to, by the beginning of their names. */
const otherPartitions: readonly (readonly [RegExp, string])[] = [
  [/^[a-z]{2}-iso-/, "aws-iso"],
  [/^[a-z]{2}-iso([a-z])-/, "aws-iso-$1"],
];

/** The partition of a Region that belongs to none that we support; null for any other Region. */
export function unsupportedPartitionOf(region: string): string | null {
  for (const [pattern, name] of otherPartitions) {
    const match = pattern.exec(region);
    if (match) return name.replace("$1", match[1] ?? "");
  }
  return null;
}

/** Said wherever an account of a partition is met that we do not support. */
export function partitionNotSupported(partition: string): string {
  return `The partition ${partition} is not supported. Supported are ${partitions.join(", ")}.`;
}

export function isPartition(text: string | undefined): text is Partition {
  return partitions.some((partition) => partition === text);
}
