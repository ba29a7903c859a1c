import type {
  AdvancedEventSelector,
  EventSelectors,
  TrailDescription,
  TrailStatus,
} from "@/lib/checks/facts/cloudtrail";
import type { Facts } from "@/lib/checks/facts/facts";
import { line } from "@/lib/offline/saved-answers/saved-record";

/** CloudTrail's part of a saved document. */
export function cloudTrailLines(facts: Partial<Facts>): readonly string[] {
  const lines: string[] = [];
  for (const [region, reading] of Object.entries(facts["cloudtrail.trails"] ?? {})) {
    lines.push(
      line({ call: "cloudtrail:DescribeTrails", region }, reading, (trails) => ({
        trailList: trails.map(trail),
      })),
    );
    for (const { arn: target, homeRegion } of reading.ok ? reading.value : []) {
      const status = facts["cloudtrail.trail_status"]?.[target]?.[region];
      if (status)
        lines.push(line({ call: "cloudtrail:GetTrailStatus", region, target }, status, trailStatus));
      const selectors = facts["cloudtrail.event_selectors"]?.[target];
      const isHomeOn = facts["cloudtrail.trails"]?.[homeRegion] !== undefined;
      if (selectors && (region === homeRegion || !isHomeOn)) {
        lines.push(line({ call: "cloudtrail:GetEventSelectors", region, target }, selectors, eventSelectors));
      }
    }
    const stores = facts["cloudtrail.event_data_stores"]?.[region];
    if (stores === undefined) continue;
    const list = { call: "cloudtrail:ListEventDataStores", region };
    lines.push(
      line(list, stores, (found) => ({ EventDataStores: found.map((s) => ({ EventDataStoreArn: s.arn })) })),
    );
    for (const store of stores.ok ? stores.value : []) {
      const answer = {
        EventDataStoreArn: store.arn,
        Name: store.name,
        Status: store.status,
        MultiRegionEnabled: store.multiRegionEnabled,
        OrganizationEnabled: store.organizationEnabled,
        AdvancedEventSelectors: store.advancedEventSelectors.map(advancedSelector),
      };
      const label = { call: "cloudtrail:GetEventDataStore", region, target: store.arn };
      lines.push(line(label, { ok: true, value: answer }));
    }
  }
  return lines;
}

function trail(description: TrailDescription) {
  return {
    Name: description.name,
    TrailARN: description.arn,
    HomeRegion: description.homeRegion,
    IsMultiRegionTrail: description.isMultiRegion,
    IsOrganizationTrail: description.isOrganization,
    IncludeGlobalServiceEvents: description.includeGlobalServiceEvents,
    HasCustomEventSelectors: description.hasCustomEventSelectors,
    HasInsightSelectors: description.hasInsightSelectors,
    LogFileValidationEnabled: description.logFileValidationEnabled,
    S3BucketName: description.s3BucketName,
    S3KeyPrefix: description.s3KeyPrefix,
    KmsKeyId: description.kmsKeyId,
    CloudWatchLogsLogGroupArn: description.cloudWatchLogsLogGroupArn,
    SnsTopicARN: description.snsTopicArn,
  };
}

function trailStatus(status: TrailStatus) {
  const names = Object.entries(status).map(([name, value]) => [
    `${name[0]?.toUpperCase()}${name.slice(1)}`,
    value,
  ]);
  return Object.fromEntries(names);
}

function eventSelectors({ basic, advanced }: EventSelectors) {
  return {
    EventSelectors: basic.map((selector) => ({
      ReadWriteType: selector.readWriteType,
      IncludeManagementEvents: selector.includeManagementEvents,
      ExcludeManagementEventSources: selector.excludeManagementEventSources,
      DataResources: selector.dataResources?.map(({ type, values }) => ({ Type: type, Values: values })),
    })),
    AdvancedEventSelectors: advanced.map(advancedSelector),
  };
}

function advancedSelector({ name, fieldSelectors }: AdvancedEventSelector) {
  return {
    Name: name,
    FieldSelectors: fieldSelectors.map((field) => ({
      Field: field.field,
      Equals: field.equals,
      NotEquals: field.notEquals,
      StartsWith: field.startsWith,
      NotStartsWith: field.notStartsWith,
      EndsWith: field.endsWith,
      NotEndsWith: field.notEndsWith,
    })),
  };
}
