import type {
  AdvancedEventSelector as AwsAdvancedEventSelector,
  EventSelector as AwsEventSelector,
} from "@aws-sdk/client-cloudtrail";
import type { AdvancedEventSelector, BasicEventSelector } from "@/lib/checks/facts/cloudtrail";
import { accepted, acceptedAs } from "@/lib/checks/facts/patterns";

/** A basic selector as the facts spell it; absent members stay absent, since their defaults are the check's. */
export function basicSelector(selector: AwsEventSelector): BasicEventSelector {
  const { ReadWriteType, IncludeManagementEvents, ExcludeManagementEventSources, DataResources } = selector;
  return {
    ...acceptedAs("readWriteType", "word", ReadWriteType, "ReadWriteType"),
    ...(IncludeManagementEvents === undefined ? {} : { includeManagementEvents: IncludeManagementEvents }),
    ...(ExcludeManagementEventSources
      ? {
          excludeManagementEventSources: ExcludeManagementEventSources.map((source) =>
            accepted("eventSource", source, "ExcludeManagementEventSources"),
          ),
        }
      : {}),
    ...(DataResources
      ? {
          dataResources: DataResources.map(({ Type, Values }) => ({
            type: Type ? accepted("resourceType", Type, "Type") : "",
            values: lines(Values ?? [], "Values"),
          })),
        }
      : {}),
  };
}

export function advancedSelector({ Name, FieldSelectors }: AwsAdvancedEventSelector): AdvancedEventSelector {
  return {
    ...acceptedAs("name", "line", Name, "Name"),
    fieldSelectors: (FieldSelectors ?? []).map((field) => ({
      field: field.Field ? accepted("selectorField", field.Field, "Field") : "",
      ...(field.Equals ? { equals: lines(field.Equals, "Equals") } : {}),
      ...(field.NotEquals ? { notEquals: lines(field.NotEquals, "NotEquals") } : {}),
      ...(field.StartsWith ? { startsWith: lines(field.StartsWith, "StartsWith") } : {}),
      ...(field.NotStartsWith ? { notStartsWith: lines(field.NotStartsWith, "NotStartsWith") } : {}),
      ...(field.EndsWith ? { endsWith: lines(field.EndsWith, "EndsWith") } : {}),
      ...(field.NotEndsWith ? { notEndsWith: lines(field.NotEndsWith, "NotEndsWith") } : {}),
    })),
  };
}

function lines(values: readonly string[], field: string): readonly string[] {
  return values.map((value) => accepted("line", value, field));
}
