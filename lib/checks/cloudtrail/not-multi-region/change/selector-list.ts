import type {
  AdvancedEventSelector,
  BasicEventSelector,
  EventSelectors,
} from "@/lib/checks/facts/cloudtrail";
import type { Value } from "@/lib/checks/snippets/values";

type AwsSelector = { readonly [key: string]: Value };

/** A whole list of selectors in AWS's own spelling. A trail has either basic or advanced ones. */
export interface SelectorList {
  readonly kind: "basic" | "advanced";
  readonly list: readonly AwsSelector[];
}

const management = {
  Name: "Management events selector",
  FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }],
};

/**
 * All management events, and whatever else the trail selects: PutEventSelectors replaces the whole list. Null
 * selectors: nothing is known to keep.
 */
export function completeSelectors(selectors: EventSelectors | null): SelectorList {
  const others = (selectors?.basic ?? []).filter((selector) => (selector.dataResources?.length ?? 0) > 0);
  if (others.length > 0 && (selectors?.advanced.length ?? 0) === 0) {
    const kept = others.map((selector) => basicInput({ ...selector, includeManagementEvents: false }));
    return { kind: "basic", list: [{ ReadWriteType: "All", IncludeManagementEvents: true }, ...kept] };
  }
  const kept = (selectors?.advanced ?? [])
    .filter((selector) => !selectsManagement(selector))
    .map(advancedInput);
  return { kind: "advanced", list: [management, ...kept] };
}

/** The selectors as they are, for a way back; null when they are not known. */
export function presentSelectors(selectors: EventSelectors | null): SelectorList | null {
  if (selectors === null) return null;
  if (selectors.advanced.length > 0) {
    return { kind: "advanced", list: selectors.advanced.map(advancedInput) };
  }
  if (selectors.basic.length > 0) return { kind: "basic", list: selectors.basic.map(basicInput) };
  return { kind: "advanced", list: [management] };
}

function selectsManagement(selector: AdvancedEventSelector): boolean {
  return selector.fieldSelectors.some(
    (field) => field.field === "eventCategory" && field.equals?.includes("Management") === true,
  );
}

function basicInput(selector: BasicEventSelector): AwsSelector {
  const excluded = selector.excludeManagementEventSources ?? [];
  const data = selector.dataResources ?? [];
  const isManagement = selector.includeManagementEvents ?? true;
  return {
    ReadWriteType: selector.readWriteType ?? "All",
    IncludeManagementEvents: isManagement,
    ...(isManagement && excluded.length > 0 ? { ExcludeManagementEventSources: excluded } : {}),
    ...(data.length > 0
      ? { DataResources: data.map(({ type, values }) => ({ Type: type, Values: values })) }
      : {}),
  };
}

function advancedInput(selector: AdvancedEventSelector): AwsSelector {
  return {
    ...(selector.name === undefined ? {} : { Name: selector.name }),
    FieldSelectors: selector.fieldSelectors.map((field) => ({
      Field: field.field,
      ...nonEmpty("Equals", field.equals),
      ...nonEmpty("NotEquals", field.notEquals),
      ...nonEmpty("StartsWith", field.startsWith),
      ...nonEmpty("NotStartsWith", field.notStartsWith),
      ...nonEmpty("EndsWith", field.endsWith),
      ...nonEmpty("NotEndsWith", field.notEndsWith),
    })),
  };
}

function nonEmpty(name: string, values: readonly string[] | undefined): AwsSelector {
  return values === undefined || values.length === 0 ? {} : { [name]: values };
}
