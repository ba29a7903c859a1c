import type { Partition } from "./facts/facts";

export type Geography = "Americas" | "Europe" | "Asia Pacific" | "Middle East & Africa" | "Other";

/** What we know of a Region beforehand. Which Regions an account has is never taken from here. */
export interface KnownRegion {
  readonly name: string;
  /** Where it is, for people: `Frankfurt`. */
  readonly label: string;
  readonly geography: Geography;
  /** Degrees, north and east positive; null for a Region this table does not know. */
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly partition: Partition | null;
  /** Opt-in Regions can be switched off per account; default Regions cannot. */
  readonly isOptIn: boolean;
}

type Row = readonly [name: string, label: string, latitude: number, longitude: number, optIn?: "opt-in"];

const rows: readonly {
  readonly partition: Partition;
  readonly geography: Geography;
  readonly regions: readonly Row[];
}[] = [
  {
    partition: "aws",
    geography: "Americas",
    regions: [
      ["us-east-1", "N. Virginia", 38.9, -77.4],
      ["us-east-2", "Ohio", 40.0, -83.0],
      ["us-west-1", "N. California", 37.4, -121.9],
      ["us-west-2", "Oregon", 45.8, -119.7],
      ["ca-central-1", "Montreal", 45.5, -73.6],
      ["ca-west-1", "Calgary", 51.0, -114.1, "opt-in"],
      ["mx-central-1", "Querétaro", 20.6, -100.4, "opt-in"],
      ["sa-east-1", "São Paulo", -23.5, -46.6],
    ],
  },
  {
    partition: "aws",
    geography: "Europe",
    regions: [
      ["eu-central-1", "Frankfurt", 50.1, 8.7],
      ["eu-central-2", "Zurich", 47.4, 8.5, "opt-in"],
      ["eu-north-1", "Stockholm", 59.3, 18.1],
      ["eu-south-1", "Milan", 45.5, 9.2, "opt-in"],
      ["eu-south-2", "Aragón", 41.6, -0.9, "opt-in"],
      ["eu-west-1", "Ireland", 53.3, -6.3],
      ["eu-west-2", "London", 51.5, -0.1],
      ["eu-west-3", "Paris", 48.9, 2.4],
    ],
  },
  {
    partition: "aws",
    geography: "Asia Pacific",
    regions: [
      ["ap-east-1", "Hong Kong", 22.3, 114.2, "opt-in"],
      ["ap-east-2", "Taipei", 25.0, 121.5, "opt-in"],
      ["ap-northeast-1", "Tokyo", 35.7, 139.7],
      ["ap-northeast-2", "Seoul", 37.6, 127.0],
      ["ap-northeast-3", "Osaka", 34.7, 135.5],
      ["ap-south-1", "Mumbai", 19.1, 72.9],
      ["ap-south-2", "Hyderabad", 17.4, 78.5, "opt-in"],
      ["ap-southeast-1", "Singapore", 1.3, 103.8],
      ["ap-southeast-2", "Sydney", -33.9, 151.2],
      ["ap-southeast-3", "Jakarta", -6.2, 106.8, "opt-in"],
      ["ap-southeast-4", "Melbourne", -37.8, 145.0, "opt-in"],
      ["ap-southeast-5", "Kuala Lumpur", 3.1, 101.7, "opt-in"],
      ["ap-southeast-6", "Auckland", -36.8, 174.8, "opt-in"],
      ["ap-southeast-7", "Bangkok", 13.8, 100.5, "opt-in"],
    ],
  },
  {
    partition: "aws",
    geography: "Middle East & Africa",
    regions: [
      ["af-south-1", "Cape Town", -33.9, 18.4, "opt-in"],
      ["il-central-1", "Tel Aviv", 32.1, 34.8, "opt-in"],
      ["me-central-1", "United Arab Emirates", 24.5, 54.4, "opt-in"],
      ["me-south-1", "Bahrain", 26.1, 50.6, "opt-in"],
    ],
  },
  {
    partition: "aws-cn",
    geography: "Asia Pacific",
    regions: [
      ["cn-north-1", "Beijing", 39.9, 116.4],
      ["cn-northwest-1", "Ningxia", 38.5, 106.2],
    ],
  },
  {
    partition: "aws-us-gov",
    geography: "Americas",
    regions: [
      ["us-gov-east-1", "GovCloud East", 40.4, -82.8],
      ["us-gov-west-1", "GovCloud West", 45.6, -121.2],
    ],
  },
  {
    partition: "aws-eusc",
    geography: "Europe",
    regions: [["eusc-de-east-1", "Brandenburg", 52.4, 13.1]],
  },
];

export const knownRegions: readonly KnownRegion[] = rows.flatMap(({ partition, geography, regions }) =>
  regions.map(([name, label, latitude, longitude, optIn]) => ({
    name,
    label,
    geography,
    latitude,
    longitude,
    partition,
    isOptIn: optIn === "opt-in",
  })),
);

const byName = new Map(knownRegions.map((region) => [region.name, region]));

/** The static entry of a Region, or undefined when this table does not know the name. */
export function findRegion(name: string): KnownRegion | undefined {
  return byName.get(name);
}

/** The static entry of a Region. A name AWS added after this table was written gets geography `Other` and no place. */
export function regionInfo(name: string): KnownRegion {
  return (
    byName.get(name) ?? {
      name,
      label: name,
      geography: "Other",
      latitude: null,
      longitude: null,
      partition: null,
      isOptIn: true,
    }
  );
}

/** Whether the table knows the Region as one that cannot be switched off. */
export function isDefaultRegion(name: string): boolean {
  return byName.get(name)?.isOptIn === false;
}

/** Regions of a partition that no account can disable: the safe fallback when DescribeRegions is refused. */
export function defaultRegions(partition: Partition): readonly string[] {
  return knownRegions.filter((r) => r.partition === partition && !r.isOptIn).map((r) => r.name);
}

/** Of the largest partition those that companies keep open when they close us-east-1: two in Europe, one in America. */
const standIns: Partial<Record<Partition, readonly string[]>> = {
  aws: ["eu-central-1", "eu-west-1", "us-west-2"],
};

/** Default Regions to ask, at most three, where the primary Region gave no answer that all Regions give alike. */
export function standInRegions(partition: Partition): readonly string[] {
  const others = defaultRegions(partition).filter((region) => region !== primaryRegion(partition));
  return standIns[partition] ?? others.slice(0, 3);
}

const primaries: Readonly<Record<Partition, string>> = {
  aws: "us-east-1",
  "aws-cn": "cn-north-1",
  "aws-us-gov": "us-gov-west-1",
  "aws-eusc": "eusc-de-east-1",
};

/** The Region in which a new trail is best created: global service events are recorded there. */
export function primaryRegion(partition: Partition): string {
  return primaries[partition];
}
