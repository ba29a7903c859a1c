import type {
  AdvancedEventSelector as AwsAdvancedEventSelector,
  EventSelector as AwsEventSelector,
} from "@aws-sdk/client-cloudtrail";
import type { AdvancedEventSelector, BasicEventSelector } from "@/lib/checks/facts/cloudtrail";

/** A basic selector as the facts spell it; absent members stay absent, since their defaults are the check's. */
export function basicSelector(selector: AwsEventSelector): BasicEventSelector {
  const { ReadWriteType, IncludeManagementEvents, ExcludeManagementEventSources, DataResources } = selector;
  return {
    ...(ReadWriteType ? { readWriteType: ReadWriteType } : {}),
    ...(IncludeManagementEvents === undefined ? {} : { includeManagementEvents: IncludeManagementEvents }),
    ...(ExcludeManagementEventSources
      ? { excludeManagementEventSources: ExcludeManagementEventSources }
      : {}),
    ...(DataResources
      ? {
          dataResources: DataResources.map(({ Type, Values }) => ({
            type: Type ?? "",
            values: Values ?? [],
          })),
        }
      : {}),
  };
}

export function advancedSelector({ Name, FieldSelectors }: AwsAdvancedEventSelector): AdvancedEventSelector {
  return {
    ...(Name ? { name: Name } : {}),
    fieldSelectors: (FieldSelectors ?? []).map((field) => ({
      field: field.Field ?? "",
      ...(field.Equals ? { equals: field.Equals } : {}),
      ...(field.NotEquals ? { notEquals: field.NotEquals } : {}),
      ...(field.StartsWith ? { startsWith: field.StartsWith } : {}),
      ...(field.NotStartsWith ? { notStartsWith: field.NotStartsWith } : {}),
      ...(field.EndsWith ? { endsWith: field.EndsWith } : {}),
      ...(field.NotEndsWith ? { notEndsWith: field.NotEndsWith } : {}),
    })),
  };
}
