import type { Account } from "../../model/account";
import { AwsError } from "../../wire/aws-error";
import type { ChannelSpec, EventDataStoreSpec } from "../../world/world-file";
import { type Call, type Operation, read, textOf } from "../operation";
import { toWireAdvanced } from "./selectors";

/** CloudTrail Lake and service-linked channels: evidence only, nothing to change. */
export const lakeOperations: Readonly<Record<string, Operation>> = {
  ListEventDataStores: read(({ account, region }) => ({
    EventDataStores: storesOf(account)
      .filter((store) => store.region === region)
      .map((store) => ({ EventDataStoreArn: arnOf(account, store), Name: store.name })),
  })),
  GetEventDataStore: read(getEventDataStore),
  ListChannels: read(({ account, region }) => ({
    Channels: channelsOf(account)
      .filter((channel) => channel.region === region)
      .map((channel, index) => ({ ChannelArn: channelArn(account, channel, index), Name: nameOf(channel) })),
  })),
  GetChannel: read(getChannel),
};

function storesOf({ spec }: Account): readonly EventDataStoreSpec[] {
  return spec.eventDataStores ?? [];
}

function channelsOf({ spec }: Account): readonly ChannelSpec[] {
  return spec.channels ?? [];
}

function arnOf(account: Account, store: EventDataStoreSpec): string {
  if (store.arn) return store.arn;
  const digits = Buffer.from(store.name.padEnd(16, "0")).toString("hex").slice(0, 32);
  const id = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return `arn:${account.partition}:cloudtrail:${store.region}:${account.id}:eventdatastore/${id}`;
}

function getEventDataStore(call: Call): object {
  const { account, region, now } = call;
  const wanted = textOf(call.input, "EventDataStore") ?? "";
  if (wanted.startsWith("arn:") && !/^arn:[^:]+:cloudtrail:[^:]+:\d{12}:eventdatastore\/.+$/.test(wanted)) {
    throw new AwsError(
      "EventDataStoreARNInvalidException",
      "The specified event data store ARN is not valid.",
    );
  }
  const store = storesOf(account).find((candidate) => {
    const arn = arnOf(account, candidate);
    return candidate.region === region && (arn === wanted || arn.endsWith(`/${wanted}`));
  });
  if (!store)
    throw new AwsError("EventDataStoreNotFoundException", "The specified event data store was not found.");
  const created = Math.floor(now / 1_000) - 90 * 86_400;
  return {
    EventDataStoreArn: arnOf(account, store),
    Name: store.name,
    Status: store.status,
    AdvancedEventSelectors: (store.advancedEventSelectors ?? []).map(toWireAdvanced),
    MultiRegionEnabled: store.multiRegionEnabled,
    OrganizationEnabled: store.organizationEnabled ?? false,
    RetentionPeriod: 366,
    TerminationProtectionEnabled: true,
    CreatedTimestamp: created,
    UpdatedTimestamp: created,
    BillingMode: "EXTENDABLE_RETENTION_PRICING",
    FederationStatus: "DISABLED",
  };
}

interface Channel {
  readonly region: string;
  readonly name?: string;
  readonly arn?: string;
  readonly source?: string;
}

function nameOf(channel: Channel): string {
  return channel.name ?? "aws-service-channel/cloudwatch/default";
}

function channelArn(account: Account, channel: Channel, index: number): string {
  const id = `0000000${index}-0000-4000-8000-000000000000`;
  return channel.arn ?? `arn:${account.partition}:cloudtrail:${channel.region}:${account.id}:channel/${id}`;
}

function getChannel(call: Call): object {
  const { account, region } = call;
  const wanted = textOf(call.input, "Channel") ?? "";
  const here = channelsOf(account).filter((channel) => channel.region === region);
  const index = here.findIndex((channel, i) => {
    const arn = channelArn(account, channel, i);
    return arn === wanted || arn.endsWith(`/${wanted}`);
  });
  const channel = here[index];
  if (!channel) throw new AwsError("ChannelNotFoundException", "The specified channel was not found.");
  return {
    ChannelArn: channelArn(account, channel, index),
    Name: nameOf(channel),
    Source: channel.source ?? "CloudTrail",
    SourceConfig: {
      ApplyToAllRegions: false,
      AdvancedEventSelectors: [{ FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] }],
    },
    Destinations: [{ Type: "AWS_SERVICE", Location: "cloudwatch" }],
  };
}
