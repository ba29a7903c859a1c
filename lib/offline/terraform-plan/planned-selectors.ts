import {
  allEvents,
  type EventClasses,
  noEvents,
  union,
} from "@/lib/checks/cloudtrail/inventory/event-classes";
import { readSelectors } from "@/lib/checks/cloudtrail/inventory/selectors";
import type { AdvancedFieldSelector } from "@/lib/checks/facts/cloudtrail";
import { asObject, hasUnknown, type Json, type JsonObject, list, text, texts } from "./json";

/** Management events that selectors let through: certainly, and at best when unknown values turn out well. */
export interface SelectedEvents {
  readonly certain: EventClasses;
  readonly atBest: EventClasses;
}

interface Selectors {
  readonly basic: Json | undefined;
  readonly advanced: Json | undefined;
}

/** The only sources that a trail can leave out (PutEventSelectors, AWS API reference). */
const excludable = ["kms.amazonaws.com", "rdsdata.amazonaws.com"];

/**
 * What the selectors of a planned trail log. A value that is only known after apply matters where it could narrow
 * management events, and nowhere else: which buckets a data selector names does not.
 */
export function selectedEvents(values: Selectors, unknown: Selectors): SelectedEvents {
  const selectors = [
    ...selectorsOf(values.basic, unknown.basic).map(basicEvents),
    ...selectorsOf(values.advanced, unknown.advanced).map(advancedEvents),
  ];
  // A trail without selectors logs all management events (PutEventSelectors, AWS API reference).
  if (selectors.length === 0) return { certain: allEvents, atBest: allEvents };
  return {
    certain: union(selectors.map(({ certain }) => certain)),
    atBest: union(selectors.map(({ atBest }) => atBest)),
  };
}

interface Selector {
  readonly values: JsonObject;
  readonly unknown: JsonObject;
  /** The whole of it is only known after apply, or how many there will be. */
  readonly isUnknown: boolean;
}

/** Terraform keeps the order, so that a selector and its unknown values have the same index. */
function selectorsOf(values: Json | undefined, unknown: Json | undefined): readonly Selector[] {
  if (unknown === true) return [{ values: {}, unknown: {}, isUnknown: true }];
  const length = Math.max(list(values).length, list(unknown).length);
  return Array.from({ length }, (_, index) => ({
    values: asObject(list(values)[index]) ?? {},
    unknown: asObject(list(unknown)[index]) ?? {},
    isUnknown: list(unknown)[index] === true,
  }));
}

function basicEvents({ values, unknown, isUnknown }: Selector): SelectedEvents {
  if (isUnknown) return { certain: noEvents, atBest: allEvents };
  const isOpen = (name: string) => hasUnknown(unknown[name]);
  const type = text(values.read_write_type);
  const sources = texts(values.exclude_management_event_sources);
  const judged = (isAtBest: boolean) =>
    classesOf({
      basic: [
        {
          ...(isOpen("read_write_type")
            ? { readWriteType: isAtBest ? "All" : "known after apply" }
            : type === null
              ? {}
              : { readWriteType: type }),
          includeManagementEvents: isOpen("include_management_events")
            ? isAtBest
            : values.include_management_events !== false && values.include_management_events !== "false",
          excludeManagementEventSources:
            isOpen("exclude_management_event_sources") && !isAtBest ? excludable : sources,
        },
      ],
      advanced: [],
    });
  return { certain: judged(false), atBest: judged(true) };
}

interface Field {
  readonly selector: AdvancedFieldSelector;
  readonly isUnknown: boolean;
}

function advancedEvents({ values, unknown, isUnknown }: Selector): SelectedEvents {
  if (isUnknown) return { certain: noEvents, atBest: allEvents };
  // aws_cloudtrail writes field_selector, awscc_cloudtrail_trail field_selectors.
  const written = selectorsOf(
    values.field_selector ?? values.field_selectors,
    unknown.field_selector ?? unknown.field_selectors,
  );
  const fields = written.map(fieldOf);
  const category = fields.find(({ selector }) => selector.field === "eventCategory");
  const isOther =
    category !== undefined && !category.isUnknown && !category.selector.equals?.includes("Management");
  if (isOther) return { certain: noEvents, atBest: noEvents };
  return {
    certain: advancedClasses(fields.map(atWorst)),
    atBest: advancedClasses(fields.flatMap(atBest)),
  };
}

function fieldOf({ values, unknown, isUnknown }: Selector): Field {
  return {
    selector: {
      field: isUnknown || unknown.field === true ? "" : (text(values.field) ?? ""),
      equals: texts(values.equals),
      notEquals: texts(values.not_equals),
      startsWith: texts(values.starts_with),
      notStartsWith: texts(values.not_starts_with),
      endsWith: texts(values.ends_with),
      notEndsWith: texts(values.not_ends_with),
    },
    isUnknown: isUnknown || hasUnknown(unknown),
  };
}

function atWorst({ selector, isUnknown }: Field): AdvancedFieldSelector {
  if (!isUnknown) return selector;
  const narrowsBySource = selector.field === "eventSource" && (selector.equals?.length ?? 0) === 0;
  // A field without a name that we know counts as logging nothing.
  return narrowsBySource ? { field: "eventSource", notEquals: excludable } : { field: "" };
}

function atBest({ selector, isUnknown }: Field): readonly AdvancedFieldSelector[] {
  if (!isUnknown) return [selector];
  if (selector.field === "eventCategory") return [{ ...selector, equals: ["Management"] }];
  const leavesOut = selector.field === "eventSource" && (selector.notEquals?.length ?? 0) > 0;
  if (leavesOut) return [selector];
  // Without a name it may be the category itself; with one it may be as wide as it can.
  return selector.field === "" ? [{ field: "eventCategory", equals: ["Management"] }] : [];
}

function advancedClasses(fieldSelectors: readonly AdvancedFieldSelector[]): EventClasses {
  return classesOf({ basic: [], advanced: [{ fieldSelectors }] });
}

function classesOf(selectors: Parameters<typeof readSelectors>[0]): EventClasses {
  return readSelectors(selectors)?.classes ?? allEvents;
}
