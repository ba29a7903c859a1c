import { defaultSelectors } from "../../model/selectors";
import type { InsightSelector, Trail } from "../../model/trail";
import { AwsError } from "../../wire/aws-error";
import type { AdvancedSelectorSpec, SelectorSpec } from "../../world/world-file";
import { type Call, listOf, type Operation, read, textOf, write } from "../operation";
import { requiredName } from "./describe";
import { findTrail, findTrailToChange } from "./find-trail";

export const selectorOperations: Readonly<Record<string, Operation>> = {
  GetEventSelectors: read((call) =>
    echo(findTrail(call, requiredName(call, "TrailName"), { anyRegion: true })),
  ),
  PutEventSelectors: write(putEventSelectors),
  GetInsightSelectors: read(getInsightSelectors),
  PutInsightSelectors: write(putInsightSelectors),
};

interface WireField {
  readonly Field: string;
  readonly Equals?: readonly string[];
  readonly StartsWith?: readonly string[];
  readonly EndsWith?: readonly string[];
  readonly NotEquals?: readonly string[];
  readonly NotStartsWith?: readonly string[];
  readonly NotEndsWith?: readonly string[];
}

interface WireAdvanced {
  readonly Name?: string;
  readonly FieldSelectors?: readonly WireField[];
}

interface WireBasic {
  readonly ReadWriteType?: string;
  readonly IncludeManagementEvents?: boolean;
  readonly DataResources?: readonly { readonly Type?: string; readonly Values?: readonly string[] }[];
  readonly ExcludeManagementEventSources?: readonly string[];
}

function echo(trail: Trail): object {
  const { basic, advanced } = trail.selectors;
  if (basic === undefined && advanced === undefined) {
    return { TrailARN: trail.arn, AdvancedEventSelectors: defaultSelectors.map(toWireAdvanced) };
  }
  return {
    TrailARN: trail.arn,
    ...(basic ? { EventSelectors: basic.map(toWireBasic) } : {}),
    ...(advanced ? { AdvancedEventSelectors: advanced.map(toWireAdvanced) } : {}),
  };
}

function putEventSelectors(call: Call): object {
  const trail = findTrailToChange(call, requiredName(call, "TrailName"));
  const basic = listOf<WireBasic>(call.input, "EventSelectors");
  const advanced = listOf<WireAdvanced>(call.input, "AdvancedEventSelectors");
  if (basic?.length && advanced?.length) {
    throw invalid("You cannot specify both EventSelectors and AdvancedEventSelectors for the same trail.");
  }
  if (!basic?.length && !advanced?.length) {
    throw invalid("Specify either EventSelectors or AdvancedEventSelectors.");
  }
  if (advanced?.length) {
    trail.selectors = { basic: undefined, advanced: advanced.map(fromWireAdvanced) };
  } else {
    if ((basic?.length ?? 0) > 5) throw invalid("A trail can have a maximum of five event selectors.");
    trail.selectors = { basic: basic?.map(fromWireBasic), advanced: undefined };
  }
  trail.hasCustomSelectors = !isDefault(trail);
  return echo(trail);
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidEventSelectorsException", message);
}

function isDefault(trail: Trail): boolean {
  const { advanced } = trail.selectors;
  const only = advanced?.length === 1 ? advanced[0] : undefined;
  const field = only?.fieldSelectors.length === 1 ? only.fieldSelectors[0] : undefined;
  return field?.field === "eventCategory" && field.equals?.join() === "Management";
}

const excludable = ["kms.amazonaws.com", "rdsdata.amazonaws.com"];

function fromWireBasic(selector: WireBasic): SelectorSpec {
  const readWriteType = selector.ReadWriteType ?? "All";
  if (!["All", "ReadOnly", "WriteOnly"].includes(readWriteType)) {
    throw invalid(`Invalid ReadWriteType: ${readWriteType}`);
  }
  const excluded = selector.ExcludeManagementEventSources ?? [];
  if (excluded.some((source) => !excludable.includes(source))) {
    throw invalid("The value for ExcludeManagementEventSources is not valid.");
  }
  return {
    readWriteType,
    includeManagementEvents: selector.IncludeManagementEvents ?? true,
    excludeManagementEventSources: excluded,
    dataResources: (selector.DataResources ?? []).map((r) => ({
      type: r.Type ?? "",
      values: r.Values ?? [],
    })),
  };
}

const trailFields = new Set(["eventCategory", "readOnly", "eventSource"]);

function fromWireAdvanced(selector: WireAdvanced): AdvancedSelectorSpec {
  const fields = selector.FieldSelectors ?? [];
  const category = fields.find((field) => field.Field === "eventCategory");
  if (category?.Equals?.length !== 1) {
    throw invalid("AdvancedEventSelectors must have an eventCategory field with one Equals value.");
  }
  if (category.Equals[0] === "Management") {
    const foreign = fields.find((field) => !trailFields.has(field.Field));
    if (foreign) throw invalid(`${foreign.Field} is not a valid field for management events of a trail.`);
    const source = fields.find((field) => field.Field === "eventSource");
    if (source && (source.Equals || source.NotEquals?.some((name) => !excludable.includes(name)))) {
      throw invalid(
        "eventSource of management events takes NotEquals kms.amazonaws.com or rdsdata.amazonaws.com.",
      );
    }
  } else if (!fields.some((field) => field.Field === "resources.type" || field.Field === "eventSource")) {
    throw invalid(`${category.Equals[0]} events need a resources.type or eventSource field.`);
  }
  return {
    ...(selector.Name === undefined ? {} : { name: selector.Name }),
    fieldSelectors: fields.map((f) => ({
      field: f.Field,
      ...(f.Equals ? { equals: f.Equals } : {}),
      ...(f.NotEquals ? { notEquals: f.NotEquals } : {}),
      ...(f.StartsWith ? { startsWith: f.StartsWith } : {}),
      ...(f.NotStartsWith ? { notStartsWith: f.NotStartsWith } : {}),
      ...(f.EndsWith ? { endsWith: f.EndsWith } : {}),
      ...(f.NotEndsWith ? { notEndsWith: f.NotEndsWith } : {}),
    })),
  };
}

function toWireBasic(selector: SelectorSpec): WireBasic {
  return {
    ReadWriteType: selector.readWriteType ?? "All",
    IncludeManagementEvents: selector.includeManagementEvents ?? true,
    DataResources: (selector.dataResources ?? []).map((r) => ({ Type: r.type, Values: r.values })),
    ExcludeManagementEventSources: selector.excludeManagementEventSources ?? [],
  };
}

export function toWireAdvanced(selector: AdvancedSelectorSpec): WireAdvanced {
  return {
    ...(selector.name === undefined ? {} : { Name: selector.name }),
    FieldSelectors: selector.fieldSelectors.map((f) => ({
      Field: f.field,
      ...(f.equals ? { Equals: f.equals } : {}),
      ...(f.notEquals ? { NotEquals: f.notEquals } : {}),
      ...(f.startsWith ? { StartsWith: f.startsWith } : {}),
      ...(f.notStartsWith ? { NotStartsWith: f.notStartsWith } : {}),
      ...(f.endsWith ? { EndsWith: f.endsWith } : {}),
      ...(f.notEndsWith ? { NotEndsWith: f.notEndsWith } : {}),
    })),
  };
}

function getInsightSelectors(call: Call): object {
  const name = textOf(call.input, "TrailName");
  if (name === undefined) {
    throw new AwsError("InvalidParameterException", "Specify a trail name or an event data store.");
  }
  const trail = findTrail(call, name, { anyRegion: true });
  if (trail.insightSelectors.length === 0) {
    throw new AwsError(
      "InsightNotEnabledException",
      `Trail ${trail.arn} does not have Insights enabled. Edit the trail settings to enable Insights, and then try the operation again.`,
    );
  }
  return { TrailARN: trail.arn, InsightSelectors: trail.insightSelectors };
}

const insightTypes = ["ApiCallRateInsight", "ApiErrorRateInsight"];

function putInsightSelectors(call: Call): object {
  const trail = findTrailToChange(call, requiredName(call, "TrailName"));
  const selectors = listOf<InsightSelector>(call.input, "InsightSelectors") ?? [];
  if (selectors.some((selector) => !insightTypes.includes(selector.InsightType))) {
    throw new AwsError("InvalidInsightSelectorsException", "The Insight type is not valid.");
  }
  trail.insightSelectors = selectors;
  return { TrailARN: trail.arn, InsightSelectors: selectors };
}
