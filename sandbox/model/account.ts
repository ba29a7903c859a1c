import type { AccountSpec, CaseSpec, ScpSpec } from "../world/world-file";
import type { Activity } from "./events";
import { isDefaultRegion, type Partition } from "./partitions";
import type { Role } from "./roles";
import { wildcard } from "./wildcard";

export type OptInStatus = "opt-in-not-required" | "opted-in" | "not-opted-in";

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly partition: Partition;
  readonly orgRole: string;
  /** What DescribeRegions lists. */
  readonly regions: Map<string, OptInStatus>;
  readonly roles: Map<string, Role>;
  /** Unknown roles of the account can be assumed with any external id (worlds without roles). */
  readonly anyRole: boolean;
  /** As the world file has it: what a service only repeats needs no field of its own here. */
  readonly spec: CaseSpec;
  readonly activeRegions: ReadonlySet<string>;
  /** Nothing happens there but what callers do. */
  readonly quietRegions: ReadonlySet<string> | "all";
  readonly activity: Map<string, Activity>;
  scp: ScpSpec | undefined;
}

/** Default Regions cannot be disabled, whether the world lists them or not. */
export function isEnabled(account: Account, region: string): boolean {
  const status = account.regions.get(region);
  if (status) return status !== "not-opted-in";
  return isDefaultRegion(account.partition, region);
}

export function isQuiet({ quietRegions }: Account, region: string): boolean {
  return quietRegions === "all" || quietRegions.has(region);
}

export function enabledRegions(account: Account): string[] {
  return [...account.regions].filter(([, status]) => status !== "not-opted-in").map(([name]) => name);
}

export function scpDenies(scp: ScpSpec | undefined, action: string, region: string): boolean {
  if (!scp) return false;
  if (scp.denyActions?.some((pattern) => wildcard(pattern, action))) return true;
  // Global services are exempt from Region denials, as in AWS's own example policy.
  if (/^(sts|iam|organizations|s3):/.test(action)) return false;
  if (scp.denyRegions?.includes(region)) return true;
  return scp.allowRegions !== undefined && !scp.allowRegions.includes(region);
}

export function accountEmail(spec: AccountSpec): string {
  return spec.email ?? `aws+${spec.name ?? spec.id}@example.test`;
}
