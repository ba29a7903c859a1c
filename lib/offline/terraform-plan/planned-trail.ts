import { type EventClasses, noEvents } from "@/lib/checks/cloudtrail/inventory/event-classes";
import { eventsText } from "@/lib/checks/cloudtrail/not-multi-region/words/event-words";
import { isReplaced } from "./actions";
import type { Configuration } from "./configuration";
import type { Identities, Identity } from "./identity";
import { filled, type JsonObject, text } from "./json";
import type { ResourceChange } from "./plan-json";
import { selectedEvents } from "./planned-selectors";
import { accountInArn, regionInArn, regionName } from "./values";

/** What a trail logs, certainly, and at best when unknown values turn out well. */
export interface TrailOutlook {
  /** In every Region. */
  readonly certain: EventClasses;
  readonly atBest: EventClasses;
  /** In its home Region at least, at best: a single-Region trail logs something too. */
  readonly somewhere: EventClasses;
  /** One sentence. */
  readonly text: string;
  /** What is unknown is whether it delivers. */
  readonly isDeliveryDoubted?: boolean;
}

/** A trail at one moment: where it is and what it logs. */
export interface TrailState {
  readonly values: JsonObject;
  readonly unknown: JsonObject;
  readonly outlook: TrailOutlook;
  readonly account: string | null;
  readonly isOrganization: boolean;
  readonly homeRegion: string | null;
}

/** One trail as the plan finds it and as the plan leaves it. Null: it does not exist then. */
export interface PlannedTrail {
  readonly address: string;
  readonly actions: readonly string[];
  readonly identity: Identity;
  readonly isDeferred: boolean;
  readonly isUnplanned: boolean;
  readonly before: TrailState | null;
  readonly after: TrailState | null;
}

const argumentNames = {
  aws_cloudtrail: {
    logging: "enable_logging",
    basic: "event_selector",
    advanced: "advanced_event_selector",
  },
  awscc_cloudtrail_trail: {
    logging: "is_logging",
    basic: "event_selectors",
    advanced: "advanced_event_selectors",
  },
} as const;

type TrailType = keyof typeof argumentNames;

export function isTrail(change: ResourceChange): boolean {
  return Object.hasOwn(argumentNames, change.type);
}

export function plannedTrail(
  change: ResourceChange,
  identities: Identities,
  configuration: Configuration,
): PlannedTrail {
  const { address, actions, isDeferred, isUnplanned } = change;
  const identity = identities.of(change);
  const stateOf = (values: JsonObject, unknown: JsonObject, account: string | null): TrailState => ({
    values,
    unknown,
    outlook: outlook(change.type as TrailType, values, unknown),
    account,
    isOrganization: isOn(values.is_organization_trail),
    homeRegion:
      regionName(filled(values.home_region)) ??
      regionInArn(text(values.arn)) ??
      regionName(filled(values.region)) ??
      identity.region,
  });
  const owner = (values: JsonObject) =>
    (isOn(values.is_organization_trail) ? identities.organizationOwner(identity) : null) ?? identity.account;
  const named = accountIn(change.before) ?? accountIn(change.after);
  const before =
    change.before === null
      ? null
      : stateOf(change.before, {}, accountIn(change.before) ?? owner(change.before));
  // A replacement goes where the provider points, which need not be where the old trail was.
  const next = (values: JsonObject) =>
    isReplaced(actions) ? (owner(values) ?? named) : (named ?? owner(values));
  const unknown = meaningfulUnknown(change, configuration);
  const planned = change.after === null ? null : stateOf(change.after, unknown, next(change.after));
  // `forget` takes the trail out of the state and leaves it in AWS as it is.
  const after = planned ?? (actions.includes("forget") ? before : null);
  return {
    address,
    actions,
    identity,
    isDeferred,
    isUnplanned,
    before,
    after: isDeferred ? putOff(before, after) : isUnplanned && after !== null ? unconfirmed(after) : after,
  };
}

/**
 * A resource that is forgotten and created again (`lifecycle { destroy = false }` in OpenTofu) leaves two trails. The
 * old one is the second entry.
 */
export function leftBehind(trail: PlannedTrail): readonly PlannedTrail[] {
  if (!trail.actions.includes("forget") || !trail.actions.includes("create") || trail.before === null) {
    return [trail];
  }
  return [
    { ...trail, before: null },
    { ...trail, address: `${trail.address} (left in AWS)`, actions: ["forget"], after: trail.before },
  ];
}

/** A deferred change happens in a later plan, or never: what exists now goes on until then. */
function putOff(before: TrailState | null, after: TrailState | null): TrailState | null {
  const some = after ?? before;
  if (some === null) return null;
  const left = after?.outlook ?? nothing("");
  const now = before?.outlook ?? nothing("");
  return {
    ...some,
    outlook: {
      certain: noEvents,
      atBest: left.atBest | now.atBest,
      somewhere: left.somewhere | now.somewhere,
      text: "Deferred: this plan does not decide it.",
    },
  };
}

function unconfirmed(state: TrailState): TrailState {
  const { text } = state.outlook;
  return { ...state, outlook: { ...state.outlook, certain: noEvents, text: `Not in this plan. ${text}` } };
}

/**
 * Every argument of an awscc resource is computed as well: one that the configuration does not set is unknown in the
 * plan and gets the default of the API.
 */
function meaningfulUnknown(change: ResourceChange, configuration: Configuration): JsonObject {
  const block = configuration.blockOf(change.address);
  if (change.type !== "awscc_cloudtrail_trail" || block === null) return change.afterUnknown;
  return Object.fromEntries(
    Object.entries(change.afterUnknown).filter(([name]) => block.expressions[name] !== undefined),
  );
}

export function nothing(text: string): TrailOutlook {
  return { certain: noEvents, atBest: noEvents, somewhere: noEvents, text };
}

function outlook(type: TrailType, values: JsonObject, unknown: JsonObject): TrailOutlook {
  const names = argumentNames[type];
  const multiRegion = flag(values, unknown, "is_multi_region_trail", false);
  const logging = flag(values, unknown, names.logging, true);
  const isGlobal = flag(values, unknown, "include_global_service_events", true);
  const { certain, atBest } = selectedEvents(
    { basic: values[names.basic], advanced: values[names.advanced] },
    { basic: unknown[names.basic], advanced: unknown[names.advanced] },
  );
  if (logging === false) return nothing(`Does not log: ${names.logging} is false.`);
  if (multiRegion === false) {
    const what = atBest === noEvents ? ", and no management events" : "";
    return { ...nothing(`Logs one Region only${what}.`), somewhere: atBest };
  }
  if (isGlobal === false && multiRegion === true) {
    const why = "Refused by AWS: a multi-Region trail must include global service events.";
    return { ...nothing(why), somewhere: atBest };
  }
  const isOpen = multiRegion === null || logging === null;
  const open = [
    ...(multiRegion === null ? ["is_multi_region_trail"] : []),
    ...(logging === null ? [names.logging] : []),
    ...(certain === atBest ? [] : ["the event selectors"]),
  ];
  const known = isOpen ? noEvents : certain;
  const outcome = { certain: known, atBest, somewhere: atBest };
  if (open.length > 0 && atBest !== noEvents) {
    return { ...outcome, text: `Only known after apply: ${open.join(", ")}.` };
  }
  const what = eventsText(certain);
  return { ...outcome, text: `Multi-Region, logging: ${what.charAt(0).toLowerCase()}${what.slice(1)}.` };
}

/** Null: only known after apply. An absent argument has the provider's default. */
function flag(values: JsonObject, unknown: JsonObject, name: string, absent: boolean): boolean | null {
  if (unknown[name] === true) return null;
  const value = values[name];
  if (value === "true" || value === "false") return value === "true";
  return typeof value === "boolean" ? value : absent;
}

function isOn(value: JsonObject[string] | undefined): boolean {
  return value === true || value === "true";
}

function accountIn(values: JsonObject | null): string | null {
  return accountInArn(text(values?.arn) ?? text(values?.id));
}
