import { type ApiEvent, eventRecord } from "../../model/events";
import { AwsError } from "../../wire/aws-error";
import { type Call, listOf, type Operation, read, textOf } from "../operation";

/** Event history: every management event of the Region, whatever trails exist. */
export const lookupOperations: Readonly<Record<string, Operation>> = { LookupEvents: read(lookupEvents) };

const matchers: Readonly<Record<string, (event: ApiEvent, value: string) => boolean>> = {
  EventId: (event, value) => event.id === value,
  EventName: (event, value) => event.name === value,
  ReadOnly: (event, value) => String(event.readOnly) === value,
  Username: (event, value) => event.userName === value,
  ResourceType: (event, value) => event.resources.some((resource) => resource.type === value),
  ResourceName: (event, value) => event.resources.some((resource) => resource.name === value),
  EventSource: (event, value) => event.source === value,
  AccessKeyId: (event, value) => event.accessKeyId === value,
};

const retention = 90 * 86_400_000;

function lookupEvents({ world, account, region, input, now }: Call): object {
  const attributes =
    listOf<{ AttributeKey: string; AttributeValue: string }>(input, "LookupAttributes") ?? [];
  if (attributes.length > 1) {
    throw new AwsError(
      "InvalidLookupAttributesException",
      "You can only use one lookup attribute at a time.",
    );
  }
  const attribute = attributes[0];
  const matcher = attribute ? matchers[attribute.AttributeKey] : undefined;
  if (attribute && !matcher) {
    throw new AwsError(
      "InvalidLookupAttributesException",
      `Unknown attribute key: ${attribute.AttributeKey}`,
    );
  }
  const limit = typeof input.MaxResults === "number" ? input.MaxResults : 50;
  if (!(limit >= 1 && limit <= 50)) {
    throw new AwsError("InvalidMaxResultsException", "A maximum of 1 to 50 results is valid.");
  }
  const start = typeof input.StartTime === "number" ? input.StartTime * 1_000 : now - retention;
  const end = typeof input.EndTime === "number" ? input.EndTime * 1_000 : now;
  if (start > end) {
    throw new AwsError("InvalidTimeRangeException", "The start time must not be later than the end time.");
  }
  const visibleUntil = now - world.settings.historyDelaySeconds * 1_000;
  const token = textOf(input, "NextToken");
  const skip = token === undefined ? 0 : Number(/^page-(\d+)$/.exec(token)?.[1] ?? Number.NaN);
  if (Number.isNaN(skip)) throw new AwsError("InvalidNextTokenException", "Invalid token");
  const events = (account.activity.get(region)?.events ?? []).filter(
    (event) =>
      event.time <= visibleUntil &&
      event.time >= Math.max(start, now - retention) &&
      event.time <= end &&
      (!attribute || matcher?.(event, attribute.AttributeValue)),
  );
  const page = events.reverse().slice(skip, skip + limit);
  return {
    Events: page.map((event) => ({
      EventId: event.id,
      EventName: event.name,
      ReadOnly: String(event.readOnly),
      AccessKeyId: event.accessKeyId,
      EventTime: Math.floor(event.time / 1_000),
      EventSource: event.source,
      Username: event.userName,
      Resources: event.resources.map(({ type, name }) => ({ ResourceType: type, ResourceName: name })),
      CloudTrailEvent: JSON.stringify(eventRecord(event)),
    })),
    ...(events.length > skip + limit ? { NextToken: `page-${skip + limit}` } : {}),
  };
}
