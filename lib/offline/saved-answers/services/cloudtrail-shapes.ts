import type {
  AdvancedEventSelector,
  BasicEventSelector,
  EventDataStore,
  EventSelectors,
  TrailDescription,
  TrailStatus,
} from "@/lib/checks/facts/cloudtrail";
import { flag, given, items, members, textOf, textsOf, time } from "@/lib/offline/saved-answers/aws-shapes";

/** The answer of DescribeTrails. */
export function trailDescriptions(answer: unknown): readonly TrailDescription[] {
  return items(members(answer, "the answer")["trailList"], "trailList").map((item) => {
    const trail = members(item, "a trail");
    const arn = textOf("trailArn")(trail["TrailARN"], "TrailARN");
    const on = (name: string) => trail[name] !== undefined && flag(trail[name], name);
    return {
      arn,
      name: textOf("trailName")(trail["Name"] ?? arn.slice(arn.lastIndexOf("/") + 1), "Name"),
      homeRegion: textOf("region")(trail["HomeRegion"] ?? arn.split(":")[3], "HomeRegion"),
      isMultiRegion: on("IsMultiRegionTrail"),
      isOrganization: on("IsOrganizationTrail"),
      includeGlobalServiceEvents: on("IncludeGlobalServiceEvents"),
      hasInsightSelectors: on("HasInsightSelectors"),
      logFileValidationEnabled: on("LogFileValidationEnabled"),
      ...given("hasCustomEventSelectors", trail["HasCustomEventSelectors"], flag, "HasCustomEventSelectors"),
      ...given("s3BucketName", trail["S3BucketName"], textOf("bucketName"), "S3BucketName"),
      ...given("s3KeyPrefix", trail["S3KeyPrefix"], textOf("keyPrefix"), "S3KeyPrefix"),
      ...given("kmsKeyId", trail["KmsKeyId"], textOf("kmsKeyId"), "KmsKeyId"),
      ...given(
        "cloudWatchLogsLogGroupArn",
        trail["CloudWatchLogsLogGroupArn"],
        textOf("logGroupArn"),
        "CloudWatchLogsLogGroupArn",
      ),
      ...given("snsTopicArn", trail["SnsTopicARN"], textOf("topicArn"), "SnsTopicARN"),
    };
  });
}

/** The answer of GetTrailStatus. */
export function trailStatus(answer: unknown): TrailStatus {
  const status = members(answer, "the answer");
  const at = <K extends string>(key: K, name: string) => given(key, status[name], time, name);
  const error = <K extends string>(key: K, name: string) => given(key, status[name], textOf("line"), name);
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
    ...given("readWriteType", selector["ReadWriteType"], textOf("word"), "ReadWriteType"),
    ...given("includeManagementEvents", selector["IncludeManagementEvents"], flag, "IncludeManagementEvents"),
    ...given(
      "excludeManagementEventSources",
      selector["ExcludeManagementEventSources"],
      textsOf("eventSource"),
      "ExcludeManagementEventSources",
    ),
    ...given("dataResources", selector["DataResources"], dataResources, "DataResources"),
  };
}

function dataResources(value: unknown, name: string) {
  return items(value, name).map((item) => {
    const resource = members(item, "a data resource");
    return {
      type: textOf("resourceType")(resource["Type"], "Type"),
      values: textsOf("line")(resource["Values"] ?? [], "Values"),
    };
  });
}

function advancedSelector(item: unknown): AdvancedEventSelector {
  const selector = members(item, "an advanced event selector");
  return {
    ...given("name", selector["Name"], textOf("line"), "Name"),
    fieldSelectors: items(selector["FieldSelectors"] ?? [], "FieldSelectors").map((entry) => {
      const field = members(entry, "a field selector");
      return {
        field: textOf("selectorField")(field["Field"], "Field"),
        ...given("equals", field["Equals"], textsOf("line"), "Equals"),
        ...given("notEquals", field["NotEquals"], textsOf("line"), "NotEquals"),
        ...given("startsWith", field["StartsWith"], textsOf("line"), "StartsWith"),
        ...given("notStartsWith", field["NotStartsWith"], textsOf("line"), "NotStartsWith"),
        ...given("endsWith", field["EndsWith"], textsOf("line"), "EndsWith"),
        ...given("notEndsWith", field["NotEndsWith"], textsOf("line"), "NotEndsWith"),
      };
    }),
  };
}

/** ARNs in the answer of ListEventDataStores. */
export function eventDataStoreArns(answer: unknown): readonly string[] {
  return items(members(answer, "the answer")["EventDataStores"], "EventDataStores").map((item) =>
    textOf("storeArn")(members(item, "an event data store")["EventDataStoreArn"], "EventDataStoreArn"),
  );
}

/** The answer of GetEventDataStore. */
export function eventDataStore(answer: unknown): EventDataStore {
  const store = members(answer, "the answer");
  const arn = textOf("storeArn")(store["EventDataStoreArn"], "EventDataStoreArn");
  return {
    arn,
    name: textOf("storeName")(store["Name"] ?? arn.slice(arn.lastIndexOf("/") + 1), "Name"),
    status: textOf("word")(store["Status"], "Status"),
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
      const given = tag["Value"];
      const value = typeof given === "string" && given !== "" ? textOf("line")(given, "Value") : "";
      return [textOf("line")(tag["Key"], "Key"), value];
    }),
  );
}
