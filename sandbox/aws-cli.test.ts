import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "./server";
import { aws, awsExecutable } from "./testing/aws-cli";
import { demoAccounts, demoWorld } from "./worlds/demo";

const executable = awsExecutable();

if (executable === undefined) {
  console.warn("AWS CLI NOT TESTED: set POSTURIO_AWS_CLI or install it into .posturio/aws-cli");
  test("the AWS CLI is not installed, so the sandbox was not tried with it", () => {
    expect(executable).toBeUndefined();
  });
} else {
  describe("the AWS CLI, a client that is not ours, works against the sandbox", { timeout: 120_000 }, () => {
    let sandbox: Sandbox;
    const { prod, robotics } = demoAccounts;

    beforeAll(async () => {
      sandbox = await startSandbox({ world: demoWorld() });
    });

    afterAll(() => sandbox.close());

    // biome-ignore lint/suspicious/noExplicitAny: the CLI's JSON is asserted on, not modelled
    async function ok(account: string, ...args: string[]): Promise<any> {
      const answer = await aws(executable ?? "", sandbox.url, account, args);
      expect(answer.stderr).toBe("");
      expect(answer.code).toBe(0);
      return answer.stdout.trim() === "" ? {} : JSON.parse(answer.stdout);
    }

    async function fails(account: string, code: string, ...args: string[]): Promise<void> {
      const answer = await aws(executable ?? "", sandbox.url, account, args);
      expect(answer.stderr).toContain(`(${code})`);
      expect(answer.code).not.toBe(0);
    }

    test("reads of STS, EC2, Organizations and CloudTrail", async () => {
      expect((await ok(prod, "sts", "get-caller-identity")).Account).toBe(prod);
      expect((await ok(prod, "ec2", "describe-regions", "--all-regions")).Regions.length).toBe(34);
      const filter = "Name=opt-in-status,Values=opt-in-not-required";
      expect((await ok(prod, "ec2", "describe-regions", "--filters", filter)).Regions.length).toBe(17);
      const { Organization } = await ok(prod, "organizations", "describe-organization");
      expect(Organization.MasterAccountId).toBe(demoAccounts.management);
      const { trailList } = await ok(prod, "cloudtrail", "describe-trails", "--region", "eu-central-1");
      expect(trailList[0].Name).toBe("acme-audit");
      await fails(prod, "TrailNotFoundException", "cloudtrail", "get-trail-status", "--name", "none-such");
      await fails(prod, "UnrecognizedClientException", "cloudtrail", "list-trails", "--region", "af-south-1");
      await fails(robotics, "AWSOrganizationsNotInUseException", "organizations", "describe-organization");
      await fails(prod, "InvalidAction", "ec2", "describe-vpcs");
    });

    test("converting a trail, as the suggested change prints it", async () => {
      const name = `arn:aws:cloudtrail:eu-central-1:${prod}:trail/acme-audit`;
      const convert = ["cloudtrail", "update-trail", "--name", name, "--is-multi-region-trail"];
      await fails(prod, "InvalidHomeRegionException", ...convert, "--region", "us-east-2");
      const options = ["--include-global-service-events", "--region", "eu-central-1"];
      const updated = await ok(prod, ...convert, ...options);
      expect(updated.IsMultiRegionTrail).toBe(true);
      const status = ["cloudtrail", "get-trail-status", "--name", name, "--region", "ap-south-1"];
      expect((await ok(prod, ...status)).IsLogging).toBe(true);
      sandbox.control.time({ advance: "20m" });
      expect((await ok(prod, ...status)).LatestDeliveryTime).toBeTruthy();
      const listing = await ok(prod, "s3api", "list-objects-v2", "--bucket", "acme-prod-cloudtrail");
      const key: string = listing.Contents.find((object: { Key: string }) =>
        object.Key.includes("/ap-south-1/"),
      ).Key;
      expect(key).toMatch(new RegExp(`^AWSLogs/${prod}/CloudTrail/ap-south-1/\\d{4}/\\d\\d/\\d\\d/`));
      const object = await fetch(`${sandbox.url}/acme-prod-cloudtrail/${key}`, {
        headers: {
          authorization: `AWS4-HMAC-SHA256 Credential=AKIA${prod}TEST/20261122/eu-central-1/s3/aws4_request`,
          "accept-encoding": "identity",
        },
      });
      const bytes = Buffer.from(await object.arrayBuffer());
      const text = bytes[0] === 0x1f ? gunzipSync(bytes).toString("utf8") : bytes.toString("utf8");
      const { Records } = JSON.parse(text);
      expect(Records[0]).toMatchObject({
        eventName: "GetTrailStatus",
        awsRegion: "ap-south-1",
        readOnly: true,
      });
    });

    test("selectors, logging, tags and Event history", async () => {
      const home = ["--region", "us-west-2"];
      const { dev } = demoAccounts;
      await ok(dev, "cloudtrail", "start-logging", "--name", "dev-all-regions", ...home);
      const selectors = JSON.stringify([
        { Name: "All", FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] },
      ]);
      const put = ["cloudtrail", "put-event-selectors", "--trail-name", "dev-all-regions"];
      const echoed = await ok(dev, ...put, "--advanced-event-selectors", selectors, ...home);
      expect(echoed.AdvancedEventSelectors[0].Name).toBe("All");
      const arn = `arn:aws:cloudtrail:us-west-2:${dev}:trail/dev-all-regions`;
      await ok(
        dev,
        "cloudtrail",
        "add-tags",
        "--resource-id",
        arn,
        "--tags-list",
        "Key=Team,Value=dev",
        ...home,
      );
      const { ResourceTagList } = await ok(
        dev,
        "cloudtrail",
        "list-tags",
        "--resource-id-list",
        arn,
        ...home,
      );
      expect(ResourceTagList[0].TagsList).toEqual([{ Key: "Team", Value: "dev" }]);
      sandbox.control.time({ advance: "1m" });
      const attribute = "AttributeKey=EventName,AttributeValue=StartLogging";
      const { Events } = await ok(
        dev,
        "cloudtrail",
        "lookup-events",
        "--lookup-attributes",
        attribute,
        ...home,
      );
      expect(Events.length).toBe(1);
    });

    test("a bucket, its policy and a new trail", async () => {
      const bucket = "acme-marketing-trail";
      const { marketing } = demoAccounts;
      await ok(marketing, "s3api", "create-bucket", "--bucket", bucket);
      const create = ["cloudtrail", "create-trail", "--name", "acme-all", "--s3-bucket-name", bucket];
      await fails(marketing, "InsufficientS3BucketPolicyException", ...create, "--is-multi-region-trail");
      const policy = JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "cloudtrail.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: `arn:aws:s3:::${bucket}/AWSLogs/${marketing}/*`,
            Condition: {
              StringEquals: { "aws:SourceArn": `arn:aws:cloudtrail:us-east-1:${marketing}:trail/acme-all` },
            },
          },
        ],
      });
      await ok(marketing, "s3api", "put-bucket-policy", "--bucket", bucket, "--policy", policy);
      const read = await ok(marketing, "s3api", "get-bucket-policy", "--bucket", bucket);
      expect(JSON.parse(read.Policy)).toEqual(JSON.parse(policy));
      await ok(marketing, "s3api", "head-bucket", "--bucket", bucket);
      const created = await ok(
        marketing,
        ...create,
        "--is-multi-region-trail",
        "--enable-log-file-validation",
      );
      expect(created.LogFileValidationEnabled).toBe(true);
      const status = ["cloudtrail", "get-trail-status", "--name", "acme-all"];
      expect((await ok(marketing, ...status)).IsLogging).toBe(false);
      await ok(marketing, "cloudtrail", "start-logging", "--name", "acme-all");
      expect((await ok(marketing, ...status)).IsLogging).toBe(true);
      await ok(marketing, "cloudtrail", "delete-trail", "--name", "acme-all");
    });

    test("connecting an account with a role created by hand", async () => {
      const trust = JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: "arn:aws:iam::999999999999:role/posturio-scanner" },
            Action: "sts:AssumeRole",
            Condition: { StringEquals: { "sts:ExternalId": "pst_cli" } },
          },
        ],
      });
      const role = ["--role-name", "PosturioReadOnly"];
      const document = ["--assume-role-policy-document", trust];
      const { Role } = await ok(
        robotics,
        "iam",
        "create-role",
        ...role,
        ...document,
        "--tags",
        "Key=For,Value=Posturio",
      );
      expect(Role.AssumeRolePolicyDocument).toEqual(JSON.parse(trust));
      await fails(robotics, "EntityAlreadyExists", "iam", "create-role", ...role, ...document);
      const allow = JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: ["cloudtrail:DescribeTrails"], Resource: "*" }],
      });
      const named = ["--policy-name", "PosturioCloudTrailRead"];
      await ok(robotics, "iam", "put-role-policy", ...role, ...named, "--policy-document", allow);
      const { PolicyDocument } = await ok(robotics, "iam", "get-role-policy", ...role, ...named);
      expect(PolicyDocument).toEqual(JSON.parse(allow));
      const assume = ["sts", "assume-role", "--role-arn", Role.Arn, "--role-session-name", "posturio-cli"];
      const scanner = "999999999999";
      await fails(scanner, "AccessDenied", ...assume, "--external-id", "pst_cli");
      await ok(
        robotics,
        "iam",
        "update-assume-role-policy",
        ...role,
        "--policy-document",
        trust.replace("role/posturio-scanner", "root"),
      );
      const { Credentials } = await ok(scanner, ...assume, "--external-id", "pst_cli");
      expect(Credentials.AccessKeyId).toMatch(/^ASIA/);
      await fails(scanner, "AccessDenied", ...assume);
      await fails(robotics, "DeleteConflict", "iam", "delete-role", ...role);
      await ok(robotics, "iam", "delete-role-policy", ...role, ...named);
      await ok(robotics, "iam", "delete-role", ...role);
      await fails(robotics, "NoSuchEntity", "iam", "get-role", ...role);
    });
  });
}
