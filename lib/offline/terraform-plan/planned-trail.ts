import { parseArn } from "@/lib/checks/arn";
import { allEvents, type EventClasses, noEvents } from "@/lib/checks/cloudtrail/inventory/event-classes";
import { readSelectors } from "@/lib/checks/cloudtrail/inventory/selectors";
import { eventsText } from "@/lib/checks/cloudtrail/not-multi-region/words/event-words";
import type { AdvancedEventSelector, BasicEventSelector } from "@/lib/checks/facts/cloudtrail";
import { asObject, hasUnknown, type Json, type JsonObject, list, type ResourceChange } from "./plan-json";

/** What a trail logs in every Region: certainly, and at best when unknown values turn out well. */
export interface TrailOutlook {
  readonly certain: EventClasses;
  readonly atBest: EventClasses;
  /** One sentence. */
  readonly text: string;
}

/** One trail as the plan finds it and as the plan leaves it. Null: it does not exist then. */
export interface PlannedTrail {
  readonly address: string;
  readonly actions: readonly string[];
  readonly isReplaced: boolean;
  /** From the ARN, which is unknown for trails that do not exist yet. */
  readonly account: string | null;
  readonly bucket: string | null;
  readonly before: TrailOutlook | null;
  readonly after: TrailOutlook | null;
}

export function plannedTrail(change: ResourceChange): PlannedTrail {
  const { actions, before, after } = change;
  // `forget` takes the trail out of the state and leaves it in AWS as it is.
  const isForgotten = actions.includes("forget");
  const isDeleted = after === null && !isForgotten;
  const known = isForgotten ? before : after;
  const unknown = isForgotten ? {} : (asObject(change.afterUnknown) ?? {});
  const arn = text(before?.arn) ?? text(after?.arn);
  const left = isDeleted ? null : outlook(known ?? {}, unknown);
  return {
    address: change.address,
    actions,
    isReplaced: actions.includes("delete") && actions.includes("create"),
    account: arn === null ? null : (parseArn(arn)?.account ?? null),
    bucket: text(after?.s3_bucket_name) ?? text(before?.s3_bucket_name),
    before: before === null ? null : outlook(before, {}),
    after: left !== null && change.isDeferred ? deferred(left) : left,
  };
}

function deferred(left: TrailOutlook): TrailOutlook {
  return { certain: noEvents, atBest: left.atBest, text: "Deferred: this plan does not decide it." };
}

function outlook(values: JsonObject, unknown: JsonObject): TrailOutlook {
  const multiRegion = flag(values, unknown, "is_multi_region_trail", false);
  const logging = flag(values, unknown, "enable_logging", true);
  const isGlobal = flag(values, unknown, "include_global_service_events", true);
  const classes = selectedClasses(values, unknown);
  const events = classes === null ? allEvents : classes;
  if (multiRegion === false) return { certain: noEvents, atBest: noEvents, text: "Logs one Region only." };
  if (logging === false)
    return { certain: noEvents, atBest: noEvents, text: "Does not log: enable_logging is false." };
  if (isGlobal === false) {
    return {
      certain: noEvents,
      atBest: noEvents,
      text: "Refused by AWS: a multi-Region trail must include global service events.",
    };
  }
  const open = [
    ...(multiRegion === null ? ["is_multi_region_trail"] : []),
    ...(logging === null ? ["enable_logging"] : []),
    ...(classes === null ? ["the event selectors"] : []),
  ];
  if (open.length > 0) {
    return { certain: noEvents, atBest: events, text: `Only known after apply: ${open.join(", ")}.` };
  }
  const what = eventsText(events);
  return {
    certain: events,
    atBest: events,
    text: `Multi-Region, logging: ${what.charAt(0).toLowerCase()}${what.slice(1)}.`,
  };
}

/** Null: only known after apply. An absent argument has the provider's default. */
function flag(values: JsonObject, unknown: JsonObject, name: string, absent: boolean): boolean | null {
  if (unknown[name] === true) return null;
  const value = values[name];
  if (value === "true" || value === "false") return value === "true";
  return typeof value === "boolean" ? value : absent;
}

function selectedClasses(values: JsonObject, unknown: JsonObject): EventClasses | null {
  if (hasUnknown(unknown.event_selector) || hasUnknown(unknown.advanced_event_selector)) return null;
  const reading = readSelectors({
    basic: objects(values.event_selector).map(basicSelector),
    advanced: objects(values.advanced_event_selector).map(advancedSelector),
  });
  // A trail without selectors logs all management events (PutEventSelectors, AWS API reference).
  return reading === null ? allEvents : reading.classes;
}

function basicSelector(block: JsonObject): BasicEventSelector {
  const type = text(block.read_write_type);
  return {
    ...(type === null ? {} : { readWriteType: type }),
    includeManagementEvents: block.include_management_events !== false,
    excludeManagementEventSources: texts(block.exclude_management_event_sources),
  };
}

function advancedSelector(block: JsonObject): AdvancedEventSelector {
  return {
    fieldSelectors: objects(block.field_selector).map((field) => ({
      field: text(field.field) ?? "",
      equals: texts(field.equals),
      notEquals: texts(field.not_equals),
      startsWith: texts(field.starts_with),
      notStartsWith: texts(field.not_starts_with),
      endsWith: texts(field.ends_with),
      notEndsWith: texts(field.not_ends_with),
    })),
  };
}

function objects(value: Json | undefined): readonly JsonObject[] {
  return list(value).flatMap((item) => {
    const object = asObject(item);
    return object === null ? [] : [object];
  });
}

function texts(value: Json | undefined): readonly string[] {
  return list(value).filter((item) => typeof item === "string");
}

export function text(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}
