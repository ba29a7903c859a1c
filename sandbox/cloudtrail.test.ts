import {
  AddTagsCommand,
  CloudTrailARNInvalidException,
  CreateTrailCommand,
  DeleteTrailCommand,
  DescribeTrailsCommand,
  GetChannelCommand,
  GetEventDataStoreCommand,
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  InsightNotEnabledException,
  InvalidEventSelectorsException,
  InvalidHomeRegionException,
  InvalidParameterCombinationException,
  InvalidTrailNameException,
  ListChannelsCommand,
  ListEventDataStoresCommand,
  ListTagsCommand,
  ListTrailsCommand,
  LookupEventsCommand,
  type LookupEventsCommandInput,
  MaximumNumberOfTrailsExceededException,
  PutEventSelectorsCommand,
  PutInsightSelectorsCommand,
  RemoveTagsCommand,
  S3BucketDoesNotExistException,
  StartLoggingCommand,
  StopLoggingCommand,
  TrailAlreadyExistsException,
  TrailNotFoundException,
  UpdateTrailCommand,
} from "@aws-sdk/client-cloudtrail";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "./server";
import { clients, keysOf } from "./testing/clients";
import type { CaseSpec, WorldFile } from "./world/world-file";

const id = "333333333333";
const home = "us-east-1";
const arn = `arn:aws:cloudtrail:${home}:${id}:trail/audit`;

const spec: CaseSpec = {
  account: { id, partition: "aws", orgRole: "STANDALONE" },
  regions: [
    { name: "us-east-1", optInStatus: "opt-in-not-required" },
    { name: "us-west-2", optInStatus: "opt-in-not-required" },
    { name: "eu-west-1", optInStatus: "opt-in-not-required" },
    { name: "eu-south-2", optInStatus: "opted-in" },
    { name: "me-south-1", optInStatus: "not-opted-in" },
  ],
  trails: [
    {
      name: "audit",
      homeRegion: home,
      isMultiRegion: false,
      s3BucketName: "logs-of-3",
      status: {
        isLogging: true,
        startLoggingTime: "2026-01-10T08:00:00Z",
        latestDeliveryTime: "2026-11-22T11:56:00Z",
      },
    },
  ],
  eventDataStores: [
    { name: "lake", region: home, status: "ENABLED", multiRegionEnabled: true, organizationEnabled: false },
  ],
  channels: [{ region: home, name: "aws-service-channel/cloudwatch/one" }],
};

let sandbox: Sandbox;

beforeEach(async () => {
  const world: WorldFile = { now: "2026-11-22T12:00:00Z", accounts: [spec] };
  sandbox = await startSandbox({ world });
});

afterEach(() => sandbox.close());

function cloudtrail(region = home, account = id) {
  return clients(sandbox.url, keysOf(account), region).cloudtrail;
}

async function statusIn(region: string, name = arn) {
  return await cloudtrail(region).send(new GetTrailStatusCommand({ Name: name }));
}

test("converting a trail shows it in every enabled Region, and back in its home Region alone", async () => {
  await expect(statusIn("us-west-2")).rejects.toBeInstanceOf(TrailNotFoundException);
  const update = await cloudtrail().send(new UpdateTrailCommand({ Name: "audit", IsMultiRegionTrail: true }));
  expect(update.IncludeGlobalServiceEvents).toBe(true);
  for (const region of ["us-east-1", "us-west-2", "eu-west-1", "eu-south-2"]) {
    const { trailList } = await cloudtrail(region).send(new DescribeTrailsCommand({}));
    expect(trailList?.map((trail) => [trail.TrailARN, trail.HomeRegion])).toEqual([[arn, home]]);
    const { Trails } = await cloudtrail(region).send(new ListTrailsCommand({}));
    expect(Trails?.length).toBe(1);
    expect((await statusIn(region)).IsLogging).toBe(true);
    const own = await cloudtrail(region).send(new DescribeTrailsCommand({ includeShadowTrails: false }));
    expect(own.trailList?.length).toBe(region === home ? 1 : 0);
  }
  const shadow = await statusIn("eu-west-1");
  expect(shadow.LatestDeliveryTime).toBeUndefined();
  await expect(statusIn("eu-west-1", "audit")).rejects.toBeInstanceOf(TrailNotFoundException);
  await expect(cloudtrail("me-south-1").send(new DescribeTrailsCommand({}))).rejects.toMatchObject({
    name: "UnrecognizedClientException",
  });

  const back = await cloudtrail().send(new UpdateTrailCommand({ Name: "audit", IsMultiRegionTrail: false }));
  expect(back.IncludeGlobalServiceEvents).toBe(false);
  const { trailList } = await cloudtrail("us-west-2").send(new DescribeTrailsCommand({}));
  expect(trailList).toEqual([]);
});

test("writes are refused outside the home Region", async () => {
  const away = cloudtrail("us-west-2");
  await expect(
    away.send(new UpdateTrailCommand({ Name: arn, IsMultiRegionTrail: true })),
  ).rejects.toBeInstanceOf(InvalidHomeRegionException);
  await expect(away.send(new StopLoggingCommand({ Name: arn }))).rejects.toBeInstanceOf(
    InvalidHomeRegionException,
  );
  await expect(away.send(new StopLoggingCommand({ Name: "audit" }))).rejects.toBeInstanceOf(
    TrailNotFoundException,
  );
  await expect(
    away.send(new PutEventSelectorsCommand({ TrailName: arn, EventSelectors: [{}] })),
  ).rejects.toBeInstanceOf(InvalidHomeRegionException);
});

test("stop and start change the status everywhere, and delivery resumes with activity", async () => {
  await cloudtrail().send(new UpdateTrailCommand({ Name: "audit", IsMultiRegionTrail: true }));
  await cloudtrail().send(new StopLoggingCommand({ Name: arn }));
  const stopped = await statusIn("eu-west-1");
  expect(stopped.IsLogging).toBe(false);
  expect(stopped.StopLoggingTime).toBeInstanceOf(Date);
  sandbox.control.time({ advance: "10m" });
  expect((await statusIn("eu-west-1")).LatestDeliveryTime).toBeUndefined();
  await cloudtrail().send(new StartLoggingCommand({ Name: arn }));
  const started = await statusIn("eu-west-1");
  expect(started.IsLogging).toBe(true);
  expect(started.LatestDeliveryTime).toBeUndefined();
  sandbox.control.time({ advance: "6m" });
  const after = await statusIn("eu-west-1");
  expect(after.LatestDeliveryTime?.getTime()).toBeGreaterThan(
    started.StartLoggingTime?.getTime() ?? Infinity,
  );
});

test("a call is delivered after the delay in its own Region only", async () => {
  await cloudtrail().send(new UpdateTrailCommand({ Name: "audit", IsMultiRegionTrail: true }));
  await cloudtrail("us-west-2").send(new DescribeTrailsCommand({}));
  sandbox.control.time({ advance: "4m" });
  expect(sandbox.control.world.trails.get(arn)?.regional.get(`${id}/us-west-2`)?.deliveredAt).toBeUndefined();
  sandbox.control.time({ advance: "2m" });
  expect((await statusIn("us-west-2")).LatestDeliveryTime).toBeInstanceOf(Date);
  expect((await statusIn("eu-south-2")).LatestDeliveryTime).toBeUndefined();
});

test("a write-only trail never delivers our reads", async () => {
  const writes = { ReadWriteType: "WriteOnly" as const, IncludeManagementEvents: true };
  await cloudtrail().send(new UpdateTrailCommand({ Name: "audit", IsMultiRegionTrail: true }));
  await cloudtrail().send(new PutEventSelectorsCommand({ TrailName: arn, EventSelectors: [writes] }));
  await cloudtrail("us-west-2").send(new DescribeTrailsCommand({}));
  sandbox.control.time({ advance: "1h" });
  expect((await statusIn("us-west-2")).LatestDeliveryTime).toBeUndefined();
});

test("basic and advanced selectors overwrite each other", async () => {
  const read = () => cloudtrail().send(new GetEventSelectorsCommand({ TrailName: arn }));
  expect((await read()).AdvancedEventSelectors?.[0]?.Name).toBe("Management events selector");
  await cloudtrail().send(
    new PutEventSelectorsCommand({ TrailName: arn, EventSelectors: [{ ReadWriteType: "ReadOnly" }] }),
  );
  const basic = await read();
  expect(basic.AdvancedEventSelectors).toBeUndefined();
  expect(basic.EventSelectors).toEqual([
    {
      ReadWriteType: "ReadOnly",
      IncludeManagementEvents: true,
      DataResources: [],
      ExcludeManagementEventSources: [],
    },
  ]);
  const { Trail } = await cloudtrail().send(new GetTrailCommand({ Name: "audit" }));
  expect(Trail?.HasCustomEventSelectors).toBe(true);
  await cloudtrail().send(
    new PutEventSelectorsCommand({
      TrailName: arn,
      AdvancedEventSelectors: [{ FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] }],
    }),
  );
  const advanced = await read();
  expect(advanced.EventSelectors).toBeUndefined();
  expect(advanced.AdvancedEventSelectors?.length).toBe(1);
  for (const bad of [
    { EventSelectors: [] },
    { EventSelectors: [{ ExcludeManagementEventSources: ["s3.amazonaws.com"] }] },
    { AdvancedEventSelectors: [{ FieldSelectors: [{ Field: "readOnly", Equals: ["true"] }] }] },
    {
      AdvancedEventSelectors: [
        {
          FieldSelectors: [
            { Field: "eventCategory", Equals: ["Management"] },
            { Field: "eventName", Equals: ["StopLogging"] },
          ],
        },
      ],
    },
  ]) {
    await expect(
      cloudtrail().send(new PutEventSelectorsCommand({ TrailName: arn, ...bad })),
    ).rejects.toBeInstanceOf(InvalidEventSelectorsException);
  }
});

test("a created trail does not log before StartLogging", async () => {
  const created = await cloudtrail().send(
    new CreateTrailCommand({
      Name: "new-trail",
      S3BucketName: await openBucket(),
      IsMultiRegionTrail: true,
      EnableLogFileValidation: true,
      TagsList: [{ Key: "Team", Value: "security" }],
    }),
  );
  const name = created.TrailARN ?? "";
  expect((await statusIn("eu-west-1", name)).IsLogging).toBe(false);
  await cloudtrail().send(new StartLoggingCommand({ Name: name }));
  expect((await statusIn("eu-west-1", name)).IsLogging).toBe(true);
  await cloudtrail().send(new DeleteTrailCommand({ Name: name }));
  await expect(statusIn(home, name)).rejects.toBeInstanceOf(TrailNotFoundException);
});

/** A bucket that takes log files of any trail of the account. */
async function openBucket(): Promise<string> {
  const name = "open-bucket";
  const headers = {
    authorization: `AWS4-HMAC-SHA256 Credential=AKIA${id}TEST/20261122/${home}/s3/aws4_request`,
  };
  await fetch(`${sandbox.url}/${name}`, { method: "PUT", headers });
  const policy = {
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "cloudtrail.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `arn:aws:s3:::${name}/*`,
        Condition: { StringLike: { "aws:SourceArn": `arn:aws:cloudtrail:*:${id}:trail/*` } },
      },
    ],
  };
  const put = await fetch(`${sandbox.url}/${name}?policy`, {
    method: "PUT",
    headers,
    body: JSON.stringify(policy),
  });
  expect(put.status).toBe(204);
  return name;
}

test("creation is refused with the documented errors", async () => {
  const bucket = await openBucket();
  const create = (input: Partial<ConstructorParameters<typeof CreateTrailCommand>[0]>) =>
    cloudtrail().send(new CreateTrailCommand({ Name: "another", S3BucketName: bucket, ...input }));
  await expect(create({ S3BucketName: "nowhere" })).rejects.toBeInstanceOf(S3BucketDoesNotExistException);
  await expect(create({ S3BucketName: "logs-of-3" })).rejects.toMatchObject({
    name: "InsufficientS3BucketPolicyException",
  });
  await expect(create({ Name: "audit" })).rejects.toBeInstanceOf(TrailAlreadyExistsException);
  await expect(create({ Name: "a" })).rejects.toBeInstanceOf(InvalidTrailNameException);
  await expect(create({ Name: "bad name" })).rejects.toBeInstanceOf(InvalidTrailNameException);
  await expect(
    create({ IsMultiRegionTrail: true, IncludeGlobalServiceEvents: false }),
  ).rejects.toBeInstanceOf(InvalidParameterCombinationException);
  await expect(create({ IsOrganizationTrail: true })).rejects.toMatchObject({
    name: "OrganizationsNotInUseException",
  });
});

test("a Region holds five trails, shadows included, and a full Region still converts", async () => {
  const bucket = await openBucket();
  const west = cloudtrail("us-west-2");
  await cloudtrail().send(new UpdateTrailCommand({ Name: "audit", IsMultiRegionTrail: true }));
  for (const n of [1, 2, 3, 4]) {
    await west.send(new CreateTrailCommand({ Name: `trail-${n}`, S3BucketName: bucket }));
  }
  await expect(
    west.send(new CreateTrailCommand({ Name: "trail-5", S3BucketName: bucket })),
  ).rejects.toBeInstanceOf(MaximumNumberOfTrailsExceededException);
  await expect(
    cloudtrail().send(
      new CreateTrailCommand({ Name: "wide", S3BucketName: bucket, IsMultiRegionTrail: true }),
    ),
  ).rejects.toBeInstanceOf(MaximumNumberOfTrailsExceededException);
  await west.send(new UpdateTrailCommand({ Name: "trail-1", IsMultiRegionTrail: true }));
});

test("trails are found by name here and by ARN anywhere", async () => {
  const found = async (region: string, names: string[]) =>
    (await cloudtrail(region).send(new DescribeTrailsCommand({ trailNameList: names }))).trailList?.length;
  expect(await found(home, ["audit"])).toBe(1);
  expect(await found("us-west-2", ["audit"])).toBe(0);
  expect(await found("us-west-2", [arn])).toBe(1);
  expect((await cloudtrail("us-west-2").send(new GetTrailCommand({ Name: arn }))).Trail?.HomeRegion).toBe(
    home,
  );
  const foreign = arn.replace(id, "444444444444");
  await expect(cloudtrail().send(new GetTrailCommand({ Name: foreign }))).rejects.toBeInstanceOf(
    CloudTrailARNInvalidException,
  );
});

test("tags are added, listed and removed", async () => {
  const tags = async () =>
    (await cloudtrail().send(new ListTagsCommand({ ResourceIdList: [arn] }))).ResourceTagList?.[0]?.TagsList;
  await cloudtrail().send(new AddTagsCommand({ ResourceId: arn, TagsList: [{ Key: "Team", Value: "x" }] }));
  expect(await tags()).toEqual([{ Key: "Team", Value: "x" }]);
  await cloudtrail().send(new RemoveTagsCommand({ ResourceId: arn, TagsList: [{ Key: "Team" }] }));
  expect(await tags()).toEqual([]);
});

test("insight selectors exist only after they were put", async () => {
  const read = () => cloudtrail().send(new GetInsightSelectorsCommand({ TrailName: arn }));
  await expect(read()).rejects.toBeInstanceOf(InsightNotEnabledException);
  await cloudtrail().send(
    new PutInsightSelectorsCommand({
      TrailName: arn,
      InsightSelectors: [{ InsightType: "ApiCallRateInsight" }],
    }),
  );
  expect((await read()).InsightSelectors?.length).toBe(1);
});

test("event data stores and channels are listed in their Region", async () => {
  const { EventDataStores } = await cloudtrail().send(new ListEventDataStoresCommand({}));
  expect(Object.keys(EventDataStores?.[0] ?? {}).sort()).toEqual(["EventDataStoreArn", "Name"]);
  const store = await cloudtrail().send(
    new GetEventDataStoreCommand({ EventDataStore: EventDataStores?.[0]?.EventDataStoreArn }),
  );
  expect(store).toMatchObject({ Status: "ENABLED", MultiRegionEnabled: true, OrganizationEnabled: false });
  await expect(
    cloudtrail().send(
      new GetEventDataStoreCommand({ EventDataStore: "00000000-0000-4000-8000-00000000ffff" }),
    ),
  ).rejects.toMatchObject({ name: "EventDataStoreNotFoundException" });
  const { Channels } = await cloudtrail().send(new ListChannelsCommand({}));
  const channel = await cloudtrail().send(new GetChannelCommand({ Channel: Channels?.[0]?.ChannelArn }));
  expect(channel.Name).toBe("aws-service-channel/cloudwatch/one");
});

test("Event history knows every call of its Region, newest first, page by page", async () => {
  for (let n = 0; n < 3; n++) await cloudtrail("eu-west-1").send(new DescribeTrailsCommand({}));
  const lookup = (input: LookupEventsCommandInput) =>
    cloudtrail("eu-west-1").send(new LookupEventsCommand(input));
  const attribute = { AttributeKey: "EventName" as const, AttributeValue: "DescribeTrails" };
  const first = await lookup({ LookupAttributes: [attribute], MaxResults: 2 });
  expect(first.Events?.length).toBe(2);
  const second = await lookup({ LookupAttributes: [attribute], MaxResults: 2, NextToken: first.NextToken });
  expect(second.Events?.length).toBe(1);
  const record = JSON.parse(second.Events?.[0]?.CloudTrailEvent ?? "{}");
  expect(record).toMatchObject({ eventName: "DescribeTrails", awsRegion: "eu-west-1", readOnly: true });
  const elsewhere = await cloudtrail("us-west-2").send(
    new LookupEventsCommand({ LookupAttributes: [attribute] }),
  );
  expect(elsewhere.Events).toEqual([]);
});
