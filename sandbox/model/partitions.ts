export type Partition = "aws" | "aws-cn" | "aws-us-gov" | "aws-eusc";

const commercialDefault =
  "ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-southeast-1 ap-southeast-2 ca-central-1 eu-central-1 eu-north-1 eu-west-1 eu-west-2 eu-west-3 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2";
const commercialOptIn =
  "af-south-1 ap-east-1 ap-east-2 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 mx-central-1";

/** Regions that cannot be disabled, per partition. */
export const defaultRegions: Readonly<Record<Partition, readonly string[]>> = {
  aws: commercialDefault.split(" "),
  "aws-cn": ["cn-north-1", "cn-northwest-1"],
  "aws-us-gov": ["us-gov-east-1", "us-gov-west-1"],
  "aws-eusc": ["eusc-de-east-1"],
};

export const optInRegions: Readonly<Record<Partition, readonly string[]>> = {
  aws: commercialOptIn.split(" "),
  "aws-cn": [],
  "aws-us-gov": [],
  "aws-eusc": [],
};

const defaults = new Map(
  Object.entries(defaultRegions).map(([partition, names]) => [partition, new Set(names)] as const),
);

export function isDefaultRegion(partition: Partition, region: string): boolean {
  return defaults.get(partition)?.has(region) ?? false;
}

export function isPartition(text: string): text is Partition {
  return text in defaultRegions;
}

export function dnsSuffix(partition: Partition): string {
  if (partition === "aws-cn") return "amazonaws.com.cn";
  return partition === "aws-eusc" ? "amazonaws.eu" : "amazonaws.com";
}

/** Where IAM and Organizations calls are recorded. */
export function globalRegion(partition: Partition): string {
  if (partition === "aws-cn") return "cn-north-1";
  if (partition === "aws-us-gov") return "us-gov-west-1";
  return partition === "aws-eusc" ? "eusc-de-east-1" : "us-east-1";
}
