import { type Account, accountEmail, type OptInStatus } from "../model/account";
import { deliveryPolicy, newBucket } from "../model/buckets";
import { Clock } from "../model/clock";
import { faultOfCase } from "../model/faults";
import { defaultRegions, isPartition } from "../model/partitions";
import { newRole } from "../model/role-store";
import { scannerRoleArn } from "../model/roles";
import type { Trail } from "../model/trail";
import { World } from "../model/world";
import { newTrailOfSpec } from "./load-trail";
import { type CaseSpec, type RoleSpec, selectWorld, type TrailSpec, type WorldInput } from "./world-file";

/** The worker's own identity in a world that names none. */
export const scannerAccessKeyId = "AKIA999999999999SCAN";

/** A running world from a world file, a truth-table case, or one case of a list. Throws on bad input. */
export function loadWorld(input: WorldInput, caseId?: string): World {
  const { file, single } = selectWorld(input, caseId);
  const clock = new Clock(file.now === undefined ? Date.now() : Date.parse(file.now));
  const world = new World(clock, file.settings ?? {});
  const now = world.now();
  const namesRoles = (file.roles?.length ?? 0) > 0 || file.accounts.some((spec) => spec.roles !== undefined);
  for (const spec of file.accounts) world.accounts.set(spec.account.id, accountOf(spec, !namesRoles));
  for (const spec of file.accounts) addEvidenceAccount(world, spec);
  loadOrganization(world, file.organization, file.accounts);
  for (const { account, buckets = [] } of file.accounts) {
    for (const { name, region, readers } of buckets) {
      world.buckets.set(name, newBucket(name, account.id, region, now - 86_400_000, readers));
    }
  }
  for (const spec of file.accounts) addTrails(world, spec, now);
  for (const spec of file.accounts) {
    for (const role of spec.roles ?? []) addRole(world, { ...role, account: spec.account.id }, now);
    for (const error of spec.errors ?? []) world.faults.add(faultOfCase(spec.account.id, error));
    if (spec.account.orgRole === "UNKNOWN") {
      world.faults.add({ kind: "deny", account: spec.account.id, api: "organizations:DescribeOrganization" });
    }
  }
  for (const role of file.roles ?? []) addRole(world, role, now);
  for (const fault of file.faults ?? []) world.faults.add(fault);
  world.accessKeys.set(scannerAccessKeyId, {
    accountId: "999999999999",
    arn: `${scannerRoleArn.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")}/worker`,
  });
  for (const [key, identity] of Object.entries(file.accessKeys ?? {})) world.accessKeys.set(key, identity);
  if (single) world.onlyAccount = world.accounts.get(file.accounts[0]?.account.id ?? "");
  return world;
}

/** An account that only calls others: the scanner's own, or one named by an access key alone. */
export function bareAccount(id: string, partition: Account["partition"] = "aws"): Account {
  return {
    ...accountOf({ account: { id, partition } }, false),
  };
}

function accountOf(spec: CaseSpec, anyRole: boolean): Account {
  const { account } = spec;
  const partition = account.partition ?? "aws";
  if (!/^\d{12}$/.test(account.id)) throw new Error(`Not an account id: ${account.id}`);
  if (!isPartition(partition)) throw new Error(`Unknown partition: ${partition}`);
  const listed = spec.regions ?? defaultRegions[partition].map((name) => ({ name, optInStatus: undefined }));
  return {
    id: account.id,
    name: account.name ?? account.id,
    email: accountEmail(account),
    partition,
    orgRole: account.orgRole ?? "STANDALONE",
    regions: new Map(
      listed.map(({ name, optInStatus }) => [name, (optInStatus ?? "opt-in-not-required") as OptInStatus]),
    ),
    roles: new Map(),
    anyRole,
    spec,
    activeRegions: new Set(spec.activeRegions ?? []),
    quietRegions: spec.quiet === true ? "all" : new Set(spec.quietRegions ?? []),
    activity: new Map(),
    scp: spec.scp,
  };
}

function addEvidenceAccount(world: World, spec: CaseSpec): void {
  const id = spec.orgEvidence?.accountId;
  if (id === undefined || world.accounts.has(id)) return;
  const member = world.accounts.get(spec.account.id);
  const regions = [...(member?.regions ?? [])].map(([name, status]) => ({
    name,
    optInStatus: status === "not-opted-in" ? "opted-in" : status,
  }));
  const { partition = "aws" } = spec.account;
  world.accounts.set(id, accountOf({ account: { id, partition, orgRole: "MANAGEMENT" }, regions }, true));
}

function loadOrganization(
  world: World,
  given: World["organization"] | undefined,
  specs: readonly CaseSpec[],
): void {
  if (given) {
    world.organization = { ...given, memberIds: given.memberIds ?? [...world.accounts.keys()] };
    return;
  }
  const members = specs.filter((spec) =>
    /^(MANAGEMENT|MEMBER|DELEGATED_ADMIN)$/.test(spec.account.orgRole ?? ""),
  );
  if (members.length === 0) return;
  const management =
    members.find((spec) => spec.account.orgRole === "MANAGEMENT")?.account.id ??
    members.find((spec) => spec.account.managementAccountId)?.account.managementAccountId;
  if (management === undefined) throw new Error("Members without a management account");
  world.organization = {
    id: members.find((spec) => spec.account.organizationId)?.account.organizationId ?? "o-exampleorgid",
    managementAccountId: management,
    memberIds: [...new Set([management, ...members.map((spec) => spec.account.id)])],
    delegatedAdministrators: members
      .filter((spec) => spec.account.orgRole === "DELEGATED_ADMIN")
      .map((spec) => spec.account.id),
  };
}

function addTrails(world: World, spec: CaseSpec, now: number): void {
  for (const trail of spec.trails ?? []) addTrail(world, trail, spec.account.id, now, trail.existsInRegions);
  const evidence = spec.orgEvidence;
  for (const trail of evidence?.trails ?? [])
    addTrail(world, trail, evidence?.accountId ?? "", now, undefined);
  world.changed();
}

function addTrail(
  world: World,
  spec: TrailSpec,
  accountId: string,
  now: number,
  existsInRegions: readonly string[] | undefined,
): void {
  const viewer = world.accounts.get(accountId);
  const fresh = newTrailOfSpec(spec, accountId, viewer?.partition ?? "aws", now);
  const trail = world.trails.get(fresh.trail.arn) ?? fresh.trail;
  world.trails.set(trail.arn, trail);
  if (existsInRegions) trail.presence.set(accountId, new Set(existsInRegions));
  if (fresh.seed) trail.seeds.set(accountId, fresh.seed);
  if (spec.status?.latestDeliveryError !== "NoSuchBucket") addBucket(world, trail, now);
}

/** The trail's bucket, with a policy for every trail in it except those that fail with AccessDenied everywhere. */
function addBucket(world: World, trail: Trail, now: number): void {
  const known = world.buckets.get(trail.bucket);
  const bucket = known ?? newBucket(trail.bucket, trail.ownerAccount, trail.homeRegion, now - 86_400_000);
  world.buckets.set(trail.bucket, bucket);
  const sharing = [...world.trails.values()].filter(
    (other) => other.bucket === trail.bucket && !refused(other),
  );
  // A renamed trail whose bucket policy was forgotten: the commonest cause of AccessDenied.
  const arns = sharing.length > 0 ? sharing.map((other) => other.arn) : [`${trail.arn}-before-rename`];
  bucket.policy = deliveryPolicy(bucket, arns);
}

function refused(trail: Trail): boolean {
  const seeds = [...trail.seeds.values()];
  return seeds.some((seed) => seed.status.latestDeliveryError === "AccessDenied" && seed.regions?.size !== 0);
}

function addRole(world: World, spec: RoleSpec, now: number): void {
  const account = world.accounts.get(spec.account ?? "");
  if (!account) throw new Error(`Role ${spec.name} names no account of this world`);
  account.roles.set(spec.name, newRole(account, spec, now));
}

/** Parses a world file's JSON text. */
export function parseWorld(text: string): WorldInput {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null) throw new Error("A world file is an object or a list");
  return value as WorldInput;
}
