import type { Partition } from "@/lib/checks/facts/facts";

interface PartitionFacts {
  readonly label: string;
  readonly regionPattern: RegExp;
  readonly consoleHost: string;
}

const facts: Readonly<Record<Partition, PartitionFacts>> = {
  aws: {
    label: "AWS",
    regionPattern: /^(af|ap|ca|eu|il|me|mx|sa|us)-(?!gov-|iso)[a-z]+-\d{1,2}$/,
    consoleHost: "console.aws.amazon.com",
  },
  "aws-us-gov": {
    label: "AWS GovCloud (US)",
    regionPattern: /^us-gov-[a-z]+-\d{1,2}$/,
    consoleHost: "console.amazonaws-us-gov.com",
  },
  "aws-cn": {
    label: "AWS China",
    regionPattern: /^cn-[a-z]+-\d{1,2}$/,
    consoleHost: "console.amazonaws.cn",
  },
  "aws-eusc": {
    label: "AWS European Sovereign Cloud",
    regionPattern: /^eusc-[a-z]+-[a-z]+-\d{1,2}$/,
    consoleHost: "console.amazonaws-eusc.eu",
  },
};

/** What people call the partition. */
export function partitionLabel(partition: Partition): string {
  return facts[partition].label;
}

/** Host of the web console, which every Region's name can precede. */
export function consoleHost(partition: Partition): string {
  return facts[partition].consoleHost;
}

/**
 * True for a well-formed Region name of this partition. A name from an answer goes into a host name, so
 * anything else (another partition, capitals, a path) is dropped before a client is made for it.
 */
export function isRegionOf(partition: Partition, name: string): boolean {
  return facts[partition].regionPattern.test(name);
}
