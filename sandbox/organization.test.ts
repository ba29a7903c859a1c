import {
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  ListTagsCommand,
  StopLoggingCommand,
} from "@aws-sdk/client-cloudtrail";
import {
  DescribeOrganizationCommand,
  ListDelegatedAdministratorsCommand,
} from "@aws-sdk/client-organizations";
import { afterEach, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "./server";
import { clients, keysOf } from "./testing/clients";
import type { CaseSpec } from "./world/world-file";

const management = "111111111111";
const member = "222222222222";
const optedIn = "333333333333";
const outsider = "444444444444";

let sandbox: Sandbox;

afterEach(() => sandbox.close());

function regions(zurich: string) {
  return [
    { name: "us-east-1", optInStatus: "opt-in-not-required" },
    { name: "eu-west-1", optInStatus: "opt-in-not-required" },
    { name: "eu-central-2", optInStatus: zurich },
  ];
}

async function start(homeRegion: string, isMultiRegion: boolean): Promise<string> {
  const trail = { name: "org", homeRegion, isMultiRegion, isOrganization: true };
  const accounts: CaseSpec[] = [
    { account: { id: management, orgRole: "MANAGEMENT" }, regions: regions("opted-in"), trails: [trail] },
    { account: { id: member, orgRole: "MEMBER" }, regions: regions("not-opted-in") },
    { account: { id: optedIn, orgRole: "DELEGATED_ADMIN" }, regions: regions("opted-in") },
    { account: { id: outsider, orgRole: "STANDALONE" }, regions: regions("opted-in") },
  ];
  sandbox = await startSandbox({ world: { accounts } });
  return `arn:aws:cloudtrail:${homeRegion}:${management}:trail/org`;
}

function cloudtrail(account: string, region: string) {
  return clients(sandbox.url, keysOf(account), region).cloudtrail;
}

async function seenIn(account: string): Promise<string[]> {
  const seen: string[] = [];
  for (const [region, status] of sandbox.control.world.accounts.get(account)?.regions ?? []) {
    if (status === "not-opted-in") continue;
    const { trailList } = await cloudtrail(account, region).send(new DescribeTrailsCommand({}));
    if (trailList?.length) seen.push(region);
  }
  return seen;
}

test("rule 1: single-Region with a default home: a copy in the home Region of every member", async () => {
  await start("us-east-1", false);
  expect(await seenIn(member)).toEqual(["us-east-1"]);
  expect(await seenIn(optedIn)).toEqual(["us-east-1"]);
  expect(await seenIn(outsider)).toEqual([]);
});

test("rule 2: single-Region with an opt-in home: a copy only in members that opted in", async () => {
  await start("eu-central-2", false);
  expect(await seenIn(member)).toEqual([]);
  expect(await seenIn(optedIn)).toEqual(["eu-central-2"]);
});

test("rule 3: multi-Region with a default home: a copy in every enabled Region of every member", async () => {
  await start("us-east-1", true);
  expect(await seenIn(member)).toEqual(["us-east-1", "eu-west-1"]);
  expect(await seenIn(optedIn)).toEqual(["us-east-1", "eu-west-1", "eu-central-2"]);
});

test("rule 4: multi-Region with an opt-in home: nothing in members that did not opt in", async () => {
  await start("eu-central-2", true);
  expect(await seenIn(member)).toEqual([]);
  expect(await seenIn(optedIn)).toEqual(["us-east-1", "eu-west-1", "eu-central-2"]);
  expect(await seenIn(management)).toEqual(["us-east-1", "eu-west-1", "eu-central-2"]);
  sandbox.control.setRegion(member, "eu-central-2", "opted-in");
  expect(await seenIn(member)).toEqual(["us-east-1", "eu-west-1", "eu-central-2"]);
});

test("a member reads the organization trail by ARN, never by name, and cannot change it", async () => {
  const arn = await start("us-east-1", true);
  const here = cloudtrail(member, "us-east-1");
  expect((await here.send(new GetTrailStatusCommand({ Name: arn }))).IsLogging).toBe(true);
  expect((await here.send(new GetEventSelectorsCommand({ TrailName: arn }))).TrailARN).toBe(arn);
  await expect(here.send(new GetTrailStatusCommand({ Name: "org" }))).rejects.toMatchObject({
    name: "TrailNotFoundException",
    message: `Unknown trail: arn:aws:cloudtrail:us-east-1:${member}:trail/org for the user: ${member}`,
  });
  await expect(here.send(new ListTagsCommand({ ResourceIdList: [arn] }))).rejects.toMatchObject({
    name: "CloudTrailARNInvalidException",
  });
  await expect(here.send(new StopLoggingCommand({ Name: arn }))).rejects.toMatchObject({
    name: "NotOrganizationMasterAccountException",
  });
  const { trailList } = await here.send(new DescribeTrailsCommand({ includeShadowTrails: false }));
  expect(trailList).toEqual([]);
  await cloudtrail(optedIn, "us-east-1").send(new StopLoggingCommand({ Name: arn }));
  expect((await here.send(new GetTrailStatusCommand({ Name: arn }))).IsLogging).toBe(false);
});

test("the organization is described to its accounts and not in use for others", async () => {
  await start("us-east-1", true);
  const ask = (account: string) => clients(sandbox.url, keysOf(account)).organizations;
  const { Organization } = await ask(member).send(new DescribeOrganizationCommand({}));
  expect(Organization).toMatchObject({ MasterAccountId: management, FeatureSet: "ALL" });
  await expect(ask(outsider).send(new DescribeOrganizationCommand({}))).rejects.toMatchObject({
    name: "AWSOrganizationsNotInUseException",
  });
  const listed = await ask(management).send(new ListDelegatedAdministratorsCommand({}));
  expect(listed.DelegatedAdministrators?.map((account) => account.Id)).toEqual([optedIn]);
  await expect(ask(member).send(new ListDelegatedAdministratorsCommand({}))).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
});
