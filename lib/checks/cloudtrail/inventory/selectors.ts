import type {
  AdvancedEventSelector,
  AdvancedFieldSelector,
  BasicEventSelector,
  EventSelectors,
} from "@/lib/checks/facts/cloudtrail";
import {
  allEvents,
  type EventClasses,
  isFull,
  noEvents,
  readEvents,
  union,
  withoutSources,
  writeEvents,
} from "./event-classes";

/** What a trail's (or event data store's) selectors let through. An event is logged when any selector matches. */
export interface SelectorReading {
  readonly classes: EventClasses;
  /** A management selector narrows by something we do not know; it was counted as logging nothing. */
  readonly hasUnrecognizedField: boolean;
  /** Data or network activity events are selected too: a conversion extends them to every Region. */
  readonly hasOtherCategories: boolean;
}

/** Null when both lists are empty: then the answer depends on `HasCustomEventSelectors`. */
export function readSelectors(selectors: EventSelectors): SelectorReading | null {
  if (selectors.basic.length === 0 && selectors.advanced.length === 0) return null;
  const advanced = selectors.advanced.map(advancedClasses);
  return {
    classes: union([...selectors.basic.map(basicClasses), ...advanced.map((classes) => classes ?? noEvents)]),
    hasUnrecognizedField: advanced.includes(null),
    hasOtherCategories:
      selectors.basic.some((selector) => (selector.dataResources?.length ?? 0) > 0) ||
      selectors.advanced.some((selector) => !isManagement(selector)),
  };
}

/** Whether these advanced selectors alone let all management events through. */
export function logsAllManagementEvents(selectors: readonly AdvancedEventSelector[]): boolean {
  return isFull(union(selectors.map((selector) => advancedClasses(selector) ?? noEvents)));
}

function basicClasses(selector: BasicEventSelector): EventClasses {
  if (selector.includeManagementEvents === false) return noEvents;
  return withoutSources(
    classesOfReadWriteType(selector.readWriteType),
    selector.excludeManagementEventSources ?? [],
  );
}

function classesOfReadWriteType(type: string | undefined): EventClasses {
  switch (type) {
    case undefined:
    case "All":
      return allEvents;
    case "ReadOnly":
      return readEvents;
    case "WriteOnly":
      return writeEvents;
    default:
      return noEvents;
  }
}

/** Null when a management selector has a field, or an operator, that we cannot interpret. */
function advancedClasses(selector: AdvancedEventSelector): EventClasses | null {
  if (!isManagement(selector)) return noEvents;
  let classes = allEvents;
  for (const field of selector.fieldSelectors) {
    if (field.field === "eventCategory") continue;
    const left = narrowed(classes, field);
    if (left === null) return null;
    classes = left;
  }
  return classes;
}

function narrowed(classes: EventClasses, field: AdvancedFieldSelector): EventClasses | null {
  const operators = usedOperators(field);
  if (field.field === "readOnly" && operators === "equals")
    return classes & readOnlyClasses(field.equals ?? []);
  if (field.field === "eventSource" && operators === "notEquals")
    return withoutSources(classes, field.notEquals ?? []);
  return null;
}

function readOnlyClasses(values: readonly string[]): EventClasses {
  return union(
    values.map((value) => {
      const lower = value.toLowerCase();
      if (lower === "true") return readEvents;
      return lower === "false" ? writeEvents : noEvents;
    }),
  );
}

function isManagement(selector: AdvancedEventSelector): boolean {
  return selector.fieldSelectors.some(
    (field) => field.field === "eventCategory" && field.equals?.includes("Management") === true,
  );
}

/** The operators in use, joined: AWS answers unused ones as absent or as empty lists. */
function usedOperators(field: AdvancedFieldSelector): string {
  const operators = [
    "equals",
    "notEquals",
    "startsWith",
    "notStartsWith",
    "endsWith",
    "notEndsWith",
  ] as const;
  return operators.filter((operator) => (field[operator]?.length ?? 0) > 0).join(" ");
}
