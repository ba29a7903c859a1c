import { type DeploySpec, deploy } from "./control-deploy";
import type { Journal } from "./journal";
import type { OptInStatus } from "./model/account";
import { deliveryPolicy, newBucket } from "./model/buckets";
import { parseTime } from "./model/clock";
import type { ActiveFault } from "./model/faults";
import { newRole } from "./model/role-store";
import type { Role } from "./model/roles";
import type { Trail } from "./model/trail";
import type { World } from "./model/world";
import { loadWorld } from "./world/load-world";
import type { FaultSpec, RoleSpec, ScpSpec, SettingsSpec, WorldInput } from "./world/world-file";

export interface TimeChange {
  /** Offset such as "20m", or seconds. */
  readonly advance?: string | number;
  readonly set?: string;
  readonly frozen?: boolean;
}

/** The world's remote control: methods for tests in the same process; control-http.ts serves the same over HTTP. */
export class Control {
  world: World;
  journal: Journal | undefined;
  private readonly input: WorldInput;
  private readonly caseId: string | undefined;

  constructor(input: WorldInput, caseId?: string) {
    this.input = input;
    this.caseId = caseId;
    this.world = loadWorld(input, caseId);
  }

  /** Back to the world file: trails, roles, faults, time, sessions and counters. */
  reset(): void {
    this.journal?.clear();
    this.world = loadWorld(this.input, this.caseId);
  }

  addFaults(faults: readonly FaultSpec[]): ActiveFault[] {
    return faults.map((fault) => this.world.faults.add(fault));
  }

  /** Removes one fault by id, or all; returns how many went. */
  removeFaults(id?: string): number {
    return this.world.faults.remove(id);
  }

  time(change: TimeChange): { now: string; frozen: boolean } {
    const { clock } = this.world;
    if (change.frozen !== undefined) clock.freeze(change.frozen);
    if (change.set !== undefined) clock.set(parseTime(change.set, clock.now()));
    if (typeof change.advance === "number") clock.advance(change.advance * 1_000);
    if (typeof change.advance === "string") clock.set(parseTime(change.advance, clock.now()));
    return { now: new Date(clock.now()).toISOString(), frozen: clock.isFrozen };
  }

  deploy(spec: DeploySpec): void {
    deploy(this.world, this.trail(spec.account, spec.trail), spec);
  }

  /**
   * Creates a role or gives a known one a new trust, in the short form (externalIds, principals) of a world
   * file or as a document. What the role allows stays, unless actions are given.
   */
  putRole(spec: RoleSpec): Role {
    const account = this.account(spec.account ?? "");
    const known = account.roles.get(spec.name);
    const fresh = newRole(account, spec, this.world.now());
    const role = known ? { ...known, trust: fresh.trust, policies: fresh.policies ?? known.policies } : fresh;
    account.roles.set(spec.name, role);
    return role;
  }

  removeRole(accountId: string, name: string): boolean {
    return this.account(accountId).roles.delete(name);
  }

  setRegion(accountId: string, region: string, optInStatus: OptInStatus): void {
    this.account(accountId).regions.set(region, optInStatus);
    this.world.changed();
  }

  setScp(accountId: string, scp: ScpSpec | undefined): void {
    this.account(accountId).scp = scp;
  }

  settings(change: SettingsSpec): void {
    Object.assign(this.world.settings, change);
  }

  /** Makes delivery of a trail fail with an S3 error code, in some Regions or all; null repairs it. */
  setDelivery(accountId: string, trailName: string, error: string | null, regions?: readonly string[]): void {
    const trail = this.trail(accountId, trailName);
    this.world.materialize(trail);
    if (error === null) this.openBucket(trail);
    for (const [key, state] of trail.regional) {
      if (regions && !regions.includes(key.slice(key.indexOf("/") + 1))) continue;
      state.fault = error ?? undefined;
      state.error = error ?? undefined;
      state.silent = false;
    }
  }

  private openBucket(trail: Trail): void {
    const { buckets, trails } = this.world;
    const bucket =
      buckets.get(trail.bucket) ??
      newBucket(trail.bucket, trail.ownerAccount, trail.homeRegion, this.world.now());
    buckets.set(bucket.name, bucket);
    const sharing = [...trails.values()].filter((other) => other.bucket === bucket.name);
    bucket.policy = deliveryPolicy(
      bucket,
      sharing.map((other) => other.arn),
    );
  }

  trail(accountId: string, nameOrArn: string): Trail {
    for (const trail of this.world.trails.values()) {
      if (trail.arn === nameOrArn) return trail;
      if (trail.ownerAccount === accountId && trail.name === nameOrArn) return trail;
    }
    throw new Error(`No trail ${nameOrArn} in account ${accountId}`);
  }

  private account(id: string) {
    const account = this.world.accounts.get(id);
    if (!account) throw new Error(`No account ${id}`);
    return account;
  }
}
