import type { EvaluationContext } from "@/lib/checks/check";
import type {
  AdvancedEventSelector,
  EventSelectors,
  TrailDescription,
  TrailStatus,
} from "@/lib/checks/facts/cloudtrail";
import type { Facts } from "@/lib/checks/facts/facts";
import type { ReadFailure, Reading } from "@/lib/checks/facts/reading";
import { savedFormat } from "./saved-format";

/** Facts as a file: what the read command would print in an account that has them, spelled as the AWS CLI does. */
export function savedDocument(facts: Facts, { now, account }: EvaluationContext): string {
  const arn = `arn:${account.partition}:sts::${account.id}:assumed-role/Reader/cloudshell`;
  const lines = [
    line({ call: "sts:GetCallerIdentity" }, { ok: true, value: { Account: account.id, Arn: arn } }),
    line({ call: "ec2:DescribeRegions" }, facts.regions, (regions) => ({
      Regions: regions.map(({ name, optInStatus }) => ({ RegionName: name, OptInStatus: optInStatus })),
    })),
    organization(facts, account.id),
  ];
  for (const [region, reading] of Object.entries(facts["cloudtrail.trails"])) {
    lines.push(
      line({ call: "cloudtrail:DescribeTrails", region }, reading, (trails) => ({
        trailList: trails.map(trail),
      })),
    );
    for (const { arn: target, homeRegion } of reading.ok ? reading.value : []) {
      const status = facts["cloudtrail.trail_status"][target]?.[region];
      if (status)
        lines.push(line({ call: "cloudtrail:GetTrailStatus", region, target }, status, trailStatus));
      const selectors = facts["cloudtrail.event_selectors"][target];
      const isHomeOn = facts["cloudtrail.trails"][homeRegion] !== undefined;
      if (selectors && (region === homeRegion || !isHomeOn)) {
        lines.push(line({ call: "cloudtrail:GetEventSelectors", region, target }, selectors, eventSelectors));
      }
    }
    const stores = facts["cloudtrail.event_data_stores"][region];
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
  return `{"format":"${savedFormat}","takenAt":"${now}","answers":[\n${lines.join("\n,")}\n],"complete":true}\n`;
}

function organization({ organization: reading }: Facts, accountId: string): string {
  const call = "organizations:DescribeOrganization";
  if (reading.ok && reading.value.role === "STANDALONE") {
    const code = "AWSOrganizationsNotInUseException";
    return JSON.stringify({
      call,
      error: `An error occurred (${code}) when calling the operation: not a member`,
    });
  }
  return line({ call }, reading, ({ role, organizationId, managementAccountId }) => ({
    Organization: {
      Id: organizationId ?? "o-example",
      MasterAccountId: managementAccountId ?? (role === "MANAGEMENT" ? accountId : "111111111111"),
    },
  }));
}

function line<T>(
  label: Readonly<Record<string, string>>,
  reading: Reading<T>,
  spell: (value: T) => unknown = (value) => value,
): string {
  return JSON.stringify(
    reading.ok ? { ...label, answer: spell(reading.value) } : { ...label, error: printed(reading.failure) },
  );
}

function printed({ code, message, api }: ReadFailure): string {
  if (code === "TimeoutError") return 'Read timeout on endpoint URL: "https://example.com/"';
  return `\nAn error occurred (${code}) when calling the ${api.split(":")[1]} operation: ${message}\n`;
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
