import type { OrganizationSpec, SettingsSpec } from "../world/world-file";
import { type Account, isQuiet } from "./account";
import { acceptsTrail, type Bucket, writeLogFile } from "./buckets";
import { Calls } from "./calls";
import type { Clock } from "./clock";
import { capture, type DeliveryPlan, newRegionalState, retryDelivery, settle } from "./delivery";
import type { ApiEvent } from "./events";
import { remember } from "./events";
import { Faults } from "./faults";
import type { Session } from "./identity";
import { RateLimits } from "./rate-limits";
import type { RegionalState } from "./regional-state";
import { isVisible, type Trail } from "./trail";

/** Everything the services answer from. One instance per running sandbox and reset. */
export class World {
  readonly clock: Clock;
  readonly settings: Required<SettingsSpec>;
  readonly accounts = new Map<string, Account>();
  readonly trails = new Map<string, Trail>();
  readonly buckets = new Map<string, Bucket>();
  readonly sessions = new Map<string, Session>();
  readonly accessKeys = new Map<string, { accountId: string; arn: string }>();
  readonly faults = new Faults();
  readonly calls = new Calls();
  readonly rateLimits = new RateLimits();
  organization: OrganizationSpec | undefined;
  /** In a world of one account every unknown key is that account's. */
  onlyAccount: Account | undefined;
  private revision = 0;
  private readonly visible = new Map<string, { revision: number; trails: readonly Trail[] }>();
  private readonly plan: DeliveryPlan;

  constructor(clock: Clock, settings: SettingsSpec) {
    this.clock = clock;
    this.settings = {
      deliveryDelaySeconds: settings.deliveryDelaySeconds ?? 300,
      historyDelaySeconds: settings.historyDelaySeconds ?? 0,
      propagationDelaySeconds: settings.propagationDelaySeconds ?? 0,
      rateLimits: settings.rateLimits ?? false,
    };
    const { settings: current } = this;
    this.plan = {
      get delayMs() {
        return current.deliveryDelaySeconds * 1_000;
      },
      destinationError: (trail) => this.destinationError(trail),
      write: (trail, accountId, region, at, events) => {
        const bucket = this.buckets.get(trail.bucket);
        if (bucket) writeLogFile(bucket, trail, this.organization?.id, accountId, region, at, events);
      },
    };
  }

  now(): number {
    return this.clock.now();
  }

  /** Any change to trails, Regions or membership: what accounts see is computed again. */
  changed(): void {
    this.revision++;
  }

  inOrganization(accountId: string): boolean {
    const { organization } = this;
    if (!organization) return false;
    if (organization.managementAccountId === accountId) return true;
    return organization.memberIds?.includes(accountId) ?? false;
  }

  sameOrganization(a: string, b: string): boolean {
    return this.inOrganization(a) && this.inOrganization(b);
  }

  trailsVisible(account: Account, region: string): readonly Trail[] {
    const key = `${account.id}/${region}`;
    const cached = this.visible.get(key);
    if (cached && cached.revision === this.revision) return cached.trails;
    const now = this.now();
    const trails: Trail[] = [];
    let settled = true;
    for (const trail of this.trails.values()) {
      if (trail.shadowsFrom > now) settled = false;
      if (this.sees(account, trail, region, now)) trails.push(trail);
    }
    if (settled) this.visible.set(key, { revision: this.revision, trails });
    return trails;
  }

  sees(account: Account, trail: Trail, region: string, now = this.now()): boolean {
    return isVisible(trail, account, region, this.sameOrganization(account.id, trail.ownerAccount), now);
  }

  /** Status of a trail for an account in a Region, with every delivery due by now made. */
  status(trail: Trail, account: Account, region: string): RegionalState {
    const now = this.now();
    const state = this.regional(trail, account, region);
    settle(state, trail, account.id, region, now, this.plan);
    return state;
  }

  /** Records a call as an event: in Event history, and in the batch of every trail that logs it. */
  record(event: ApiEvent): void {
    const account = this.accounts.get(event.accountId);
    if (!account) return;
    let activity = account.activity.get(event.region);
    if (!activity) {
      activity = { events: [] };
      account.activity.set(event.region, activity);
    }
    remember(activity, event);
    for (const trail of this.trailsVisible(account, event.region)) {
      capture(this.regional(trail, account, event.region), trail, event, this.plan);
    }
  }

  /**
   * Writes down the status of every account and Region that has the trail, so that a change applies to all
   * of them and Regions that join later start fresh instead of with the world file's status.
   */
  materialize(trail: Trail): void {
    const now = this.now();
    for (const account of this.accounts.values()) {
      for (const region of account.regions.keys()) {
        if (this.sees(account, trail, region, now)) this.status(trail, account, region);
      }
    }
    trail.seeds.clear();
  }

  /** The destination takes log files again: every Region tries once more, one delivery delay from now. */
  repairDelivery(trail: Trail): void {
    this.materialize(trail);
    for (const state of trail.regional.values()) retryDelivery(state, this.now(), this.plan);
  }

  isActive(account: Account | undefined, trail: Trail, region: string): boolean {
    if (account !== undefined && isQuiet(account, region)) return false;
    return region === trail.homeRegion || (account?.activeRegions.has(region) ?? false);
  }

  private regional(trail: Trail, account: Account, region: string): RegionalState {
    const key = `${account.id}/${region}`;
    const known = trail.regional.get(key);
    if (known) return known;
    const seed = trail.seeds.get(account.id) ?? trail.seeds.get(trail.ownerAccount);
    const traffic = { isActive: this.isActive(account, trail, region), isQuiet: isQuiet(account, region) };
    const state = newRegionalState(trail, seed, region, traffic);
    trail.regional.set(key, state);
    return state;
  }

  private destinationError(trail: Trail): string | undefined {
    const bucket = this.buckets.get(trail.bucket);
    if (!bucket) return "NoSuchBucket";
    return acceptsTrail(bucket.policy, trail.arn) ? undefined : "AccessDenied";
  }
}
