import { answerControl, json } from "./control-api";
import { type DeploySpec, deploy } from "./control-deploy";
import { Journal, replay } from "./journal";
import type { OptInStatus } from "./model/account";
import { deliveryPolicy, newBucket } from "./model/buckets";
import { parseTime } from "./model/clock";
import type { ActiveFault } from "./model/faults";
import { newRole } from "./model/role-store";
import type { Role } from "./model/roles";
import type { Trail } from "./model/trail";
import type { World } from "./model/world";
import type { Answer } from "./wire/answer";
import { loadWorld } from "./world/load-world";
import type { FaultSpec, RoleSpec, ScpSpec, SettingsSpec, WorldInput } from "./world/world-file";

export interface TimeChange {
  /** Offset such as "20m", or seconds. */
  readonly advance?: string | number;
  readonly set?: string;
  readonly frozen?: boolean;
}

/** Control calls that change the world itself; faults and time end with the process. */
const lasting = new Set([
  "POST roles",
  "DELETE roles",
  "POST regions",
  "POST scp",
  "POST deploy",
  "POST delivery",
  "POST settings",
]);

/** The world's remote control: methods for tests in the same process, and the same over HTTP. */
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

  /** From here on changes are kept in the file; those already in it are made again first. */
  async keepJournal(path: string): Promise<void> {
    const journal = new Journal(path);
    await replay(this.world, journal.entries(), (route, body) => {
      const [method = "", name = ""] = route.split(" ");
      answerControl(this, method, name, body);
    });
    this.journal = journal;
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
      bucket.name,
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

  async answer(method: string, path: string, body: Buffer, fromBrowser: boolean): Promise<Answer> {
    // A web page that somebody visits must not steer the sandbox behind their back.
    if (fromBrowser) return json(403, { error: "Not from a browser." });
    try {
      const answer = answerControl(this, method, path, body);
      if (answer.status === 200 && lasting.has(`${method} ${path}`)) {
        this.journal?.add({
          at: this.world.now(),
          control: `${method} ${path}`,
          body: body.toString("utf8"),
        });
      }
      return answer;
    } catch (error) {
      return json(400, { error: error instanceof Error ? error.message : String(error) });
    }
  }

  private account(id: string) {
    const account = this.world.accounts.get(id);
    if (!account) throw new Error(`No account ${id}`);
    return account;
  }
}
