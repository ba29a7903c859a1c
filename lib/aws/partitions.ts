import type { Partition } from "@/lib/checks/facts/facts";

interface PartitionFacts {
  readonly regionPattern: RegExp;
  readonly consoleHost: string;
}

const facts: Readonly<Record<Partition, PartitionFacts>> = {
  aws: {
    regionPattern: /^(af|ap|ca|eu|il|me|mx|sa|us)-(?!gov-|iso)[a-z]+-\d{1,2}$/,
    consoleHost: "console.aws.amazon.com",
  },
  "aws-us-gov": {
    regionPattern: /^us-gov-[a-z]+-\d{1,2}$/,
    consoleHost: "console.amazonaws-us-gov.com",
  },
  "aws-cn": {
    regionPattern: /^cn-[a-z]+-\d{1,2}$/,
    consoleHost: "console.amazonaws.cn",
  },
  "aws-eusc": {
    regionPattern: /^eusc-[a-z]+-[a-z]+-\d{1,2}$/,
    consoleHost: "console.amazonaws-eusc.eu",
  },
};

/** Host of the web console, which every Region's name can precede. */
export function consoleHost(partition: Partition): string {
  return facts[partition].consoleHost;
}

/**
 * True for a well-formed Region name of this partition. A name from an answer goes into a host name, so
 * anything else (another partition, capitals, a path) is dropped before a client is created for it.
 */
export function isRegionOf(partition: Partition, name: string): boolean {
  return facts[partition].regionPattern.test(name);
}
