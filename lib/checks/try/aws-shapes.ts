import type {
  AdvancedEventSelector,
  BasicEventSelector,
  EventDataStore,
  EventSelectors,
  TrailDescription,
  TrailStatus,
} from "@/lib/checks/facts/cloudtrail";
import type { OptInStatus, RegionFact } from "@/lib/checks/facts/facts";

/** Thrown when an answer is not what the AWS CLI prints for that call; the message says what was expected. */
export class UnexpectedShape extends Error {}

type Members = Readonly<Record<string, unknown>>;

export function members(value: unknown, name: string): Members {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Members;
  throw new UnexpectedShape(`${name} is expected to be an object`);
}

export function items(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new UnexpectedShape(`${name} is expected to be a list`);
}

export function text(value: unknown, name: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new UnexpectedShape(`${name} is expected to be a text`);
}

function flag(value: unknown, name: string): boolean {
  if (typeof value === "boolean") return value;
  throw new UnexpectedShape(`${name} is expected to be true or false`);
}

/** Adds a member only when AWS gave it: an absent one stays absent. */
function given<K extends string, T>(
  key: K,
  value: unknown,
  parse: (value: unknown, name: string) => T,
  name: string,
): { readonly [P in K]?: T } {
  if (value === undefined || value === null || value === "") return {};
  return { [key]: parse(value, name) } as { [P in K]: T };
}

/** AWS CLI 2 prints ISO 8601, version 1 seconds since 1970. */
function time(value: unknown, name: string): string {
  const date = typeof value === "number" ? new Date(value * 1000) : new Date(text(value, name));
  if (Number.isNaN(date.getTime())) throw new UnexpectedShape(`${name} is expected to be a time`);
  return date.toISOString();
}

const optInStatuses: readonly string[] = ["opt-in-not-required", "opted-in", "not-opted-in"];

/** The answer of DescribeRegions. */
export function regionFacts(answer: unknown): readonly RegionFact[] {
  return items(members(answer, "the answer")["Regions"], "Regions").map((item) => {
    const region = members(item, "a Region");
    const optInStatus = text(region["OptInStatus"], "OptInStatus");
    if (!optInStatuses.includes(optInStatus)) {
      throw new UnexpectedShape(`OptInStatus is expected to be one of ${optInStatuses.join(", ")}`);
    }
    return { name: text(region["RegionName"], "RegionName"), optInStatus: optInStatus as OptInStatus };
  });
}

/** The answer of DescribeTrails. */
export function trailDescriptions(answer: unknown): readonly TrailDescription[] {
  return items(members(answer, "the answer")["trailList"], "trailList").map((item) => {
    const trail = members(item, "a trail");
    const arn = text(trail["TrailARN"], "TrailARN");
    const on = (name: string) => trail[name] !== undefined && flag(trail[name], name);
    return {
      arn,
      name: text(trail["Name"] ?? arn.slice(arn.lastIndexOf("/") + 1), "Name"),
      homeRegion: text(trail["HomeRegion"] ?? arn.split(":")[3], "HomeRegion"),
      isMultiRegion: on("IsMultiRegionTrail"),
      isOrganization: on("IsOrganizationTrail"),
      includeGlobalServiceEvents: on("IncludeGlobalServiceEvents"),
      hasCustomEventSelectors: on("HasCustomEventSelectors"),
      hasInsightSelectors: on("HasInsightSelectors"),
      logFileValidationEnabled: on("LogFileValidationEnabled"),
      ...given("s3BucketName", trail["S3BucketName"], text, "S3BucketName"),
      ...given("s3KeyPrefix", trail["S3KeyPrefix"], text, "S3KeyPrefix"),
      ...given("kmsKeyId", trail["KmsKeyId"], text, "KmsKeyId"),
      ...given(
        "cloudWatchLogsLogGroupArn",
        trail["CloudWatchLogsLogGroupArn"],
        text,
        "CloudWatchLogsLogGroupArn",
      ),
      ...given("snsTopicArn", trail["SnsTopicARN"], text, "SnsTopicARN"),
    };
  });
}

/** The answer of GetTrailStatus. */
export function trailStatus(answer: unknown): TrailStatus {
  const status = members(answer, "the answer");
  const at = <K extends string>(key: K, name: string) => given(key, status[name], time, name);
  const error = <K extends string>(key: K, name: string) => given(key, status[name], text, name);
  return {
    isLogging: flag(status["IsLogging"], "IsLogging"),
    ...at("startLoggingTime", "StartLoggingTime"),
    ...at("stopLoggingTime", "StopLoggingTime"),
    ...at("latestDeliveryTime", "LatestDeliveryTime"),
    ...error("latestDeliveryError", "LatestDeliveryError"),
    ...at("latestDigestDeliveryTime", "LatestDigestDeliveryTime"),
    ...error("latestDigestDeliveryError", "LatestDigestDeliveryError"),
    ...at("latestCloudWatchLogsDeliveryTime", "LatestCloudWatchLogsDeliveryTime"),
    ...error("latestCloudWatchLogsDeliveryError", "LatestCloudWatchLogsDeliveryError"),
    ...at("latestNotificationTime", "LatestNotificationTime"),
    ...error("latestNotificationError", "LatestNotificationError"),
  };
}

/** The answer of GetEventSelectors. */
export function eventSelectors(answer: unknown): EventSelectors {
  const given = members(answer, "the answer");
  return {
    basic: items(given["EventSelectors"] ?? [], "EventSelectors").map(basicSelector),
    advanced: items(given["AdvancedEventSelectors"] ?? [], "AdvancedEventSelectors").map(advancedSelector),
  };
}

function basicSelector(item: unknown): BasicEventSelector {
  const selector = members(item, "an event selector");
  return {
    ...given("readWriteType", selector["ReadWriteType"], text, "ReadWriteType"),
    ...given("includeManagementEvents", selector["IncludeManagementEvents"], flag, "IncludeManagementEvents"),
    ...given(
      "excludeManagementEventSources",
      selector["ExcludeManagementEventSources"],
      texts,
      "ExcludeManagementEventSources",
    ),
    ...given("dataResources", selector["DataResources"], dataResources, "DataResources"),
  };
}

function dataResources(value: unknown, name: string) {
  return items(value, name).map((item) => {
    const resource = members(item, "a data resource");
    return { type: text(resource["Type"], "Type"), values: texts(resource["Values"] ?? [], "Values") };
  });
}

function texts(value: unknown, name: string): readonly string[] {
  return items(value, name).map((item) => text(item, name));
}

function advancedSelector(item: unknown): AdvancedEventSelector {
  const selector = members(item, "an advanced event selector");
  return {
    ...given("name", selector["Name"], text, "Name"),
    fieldSelectors: items(selector["FieldSelectors"] ?? [], "FieldSelectors").map((entry) => {
      const field = members(entry, "a field selector");
      return {
        field: text(field["Field"], "Field"),
        ...given("equals", field["Equals"], texts, "Equals"),
        ...given("notEquals", field["NotEquals"], texts, "NotEquals"),
        ...given("startsWith", field["StartsWith"], texts, "StartsWith"),
        ...given("notStartsWith", field["NotStartsWith"], texts, "NotStartsWith"),
        ...given("endsWith", field["EndsWith"], texts, "EndsWith"),
        ...given("notEndsWith", field["NotEndsWith"], texts, "NotEndsWith"),
      };
    }),
  };
}

/** ARNs in the answer of ListEventDataStores. */
export function eventDataStoreArns(answer: unknown): readonly string[] {
  return items(members(answer, "the answer")["EventDataStores"], "EventDataStores").map((item) =>
    text(members(item, "an event data store")["EventDataStoreArn"], "EventDataStoreArn"),
  );
}

/** The answer of GetEventDataStore. */
export function eventDataStore(answer: unknown): EventDataStore {
  const store = members(answer, "the answer");
  const arn = text(store["EventDataStoreArn"], "EventDataStoreArn");
  return {
    arn,
    name: text(store["Name"] ?? arn.slice(arn.lastIndexOf("/") + 1), "Name"),
    status: text(store["Status"], "Status"),
    multiRegionEnabled: store["MultiRegionEnabled"] === true,
    organizationEnabled: store["OrganizationEnabled"] === true,
    advancedEventSelectors: items(store["AdvancedEventSelectors"] ?? [], "AdvancedEventSelectors").map(
      advancedSelector,
    ),
  };
}

/** The answer of ListTags for one trail. */
export function tagsOf(answer: unknown): Readonly<Record<string, string>> {
  const lists = items(members(answer, "the answer")["ResourceTagList"], "ResourceTagList");
  const tags = lists.flatMap((list) => items(members(list, "a tag list")["TagsList"] ?? [], "TagsList"));
  return Object.fromEntries(
    tags.map((item) => {
      const tag = members(item, "a tag");
      return [text(tag["Key"], "Key"), typeof tag["Value"] === "string" ? tag["Value"] : ""];
    }),
  );
}
