import { describe, expect, it } from "vitest";
import { check } from "@/lib/checks/cloudtrail/not-multi-region/check";
import {
  accountCase,
  managementAccount,
  member,
  multiRegionTrail,
  now,
  organizationTrail,
  selectors,
  singleRegionTrail,
  status,
} from "@/lib/checks/testing/cases";
import { scenario } from "@/lib/checks/testing/truth-table";

type Over = Parameters<typeof accountCase>[0];

function change(over: Over, tags: Readonly<Record<string, string>> = {}) {
  const { facts: read, context } = scenario(accountCase(over), now);
  const owned = Object.keys(read["cloudtrail.trail_tags"]).map(
    (arn) => [arn, { ok: true, value: tags }] as const,
  );
  const facts = { ...read, "cloudtrail.trail_tags": Object.fromEntries(owned) };
  const description = check.describe(check.evaluate(facts, context), facts, {
    ...context,
    accountName: "acme-prod",
  });
  if (description.change === null) throw new Error("nothing to change");
  return { ...description.change, text: description.change.command?.map((part) => part.text).join("") ?? "" };
}

/** What is done, what is read back and what is printed as its undo. */
function blocks(command: string): readonly string[] {
  return command.replaceAll(" \\\n ", "").split("\n\n");
}

/** The operations of a block, in order. */
function operations(block: string): readonly string[] {
  return block.match(/aws [a-z0-9]+ [a-z-]+/g) ?? [];
}

/** The one shell argument after the first occurrence of an option. */
function argument(command: string, option: string): unknown {
  const quoted = command.split(`${option} '`)[1] ?? "";
  return JSON.parse(quoted.slice(0, quoted.indexOf("'")));
}

describe("the command", () => {
  it("converts the trail by ARN in its home Region", () => {
    const { text } = change({ trails: [singleRegionTrail("eu-west-1")] });
    expect(blocks(text)[0]).toBe(
      "aws cloudtrail update-trail --region eu-west-1 --name arn:aws:cloudtrail:eu-west-1:333333333333:trail/t-eu-west-1 --is-multi-region-trail --include-global-service-events",
    );
  });

  it("marks what changes", () => {
    const { command } = change({ trails: [singleRegionTrail("eu-west-1")] });
    expect(command?.filter((part) => part.changed).map((part) => part.text)).toEqual([
      "--is-multi-region-trail",
      "--include-global-service-events",
    ]);
  });

  it("also starts logging and completes the events of a trail that lacks them", () => {
    const { text } = change({
      trails: [singleRegionTrail("us-east-1", { ...selectors.writeOnly, status: status.stopped })],
    });
    expect(blocks(text).map(operations)).toEqual([
      ["aws cloudtrail update-trail"],
      ["aws cloudtrail put-event-selectors"],
      ["aws cloudtrail start-logging"],
      ["aws cloudtrail get-trail"],
      ["aws cloudtrail get-event-selectors"],
      ["aws cloudtrail get-trail-status"],
      ["aws cloudtrail stop-logging", "aws cloudtrail put-event-selectors", "aws cloudtrail update-trail"],
    ]);
  });

  it("keeps data events when it completes basic selectors", () => {
    const { text } = change({ trails: [multiRegionTrail(selectors.dataOnly)] });
    expect(argument(text, "--event-selectors")).toEqual([
      { ReadWriteType: "All", IncludeManagementEvents: true },
      {
        ReadWriteType: "All",
        IncludeManagementEvents: false,
        DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3"] }],
      },
    ]);
  });

  it("keeps other advanced selectors, and survives a quote in a name", () => {
    const data = {
      name: "what's in S3",
      fieldSelectors: [
        { field: "eventCategory", equals: ["Data"] },
        { field: "resources.type", equals: ["AWS::S3::Object"] },
      ],
    };
    const { text } = change({
      trails: [multiRegionTrail({ advancedEventSelectors: [data], hasCustomEventSelectors: true })],
    });
    expect(argument(text.replaceAll(`'\\''`, "\u2019"), "--advanced-event-selectors")).toEqual([
      {
        Name: "Management events selector",
        FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }],
      },
      {
        Name: "what\u2019s in S3",
        FieldSelectors: [
          { Field: "eventCategory", Equals: ["Data"] },
          { Field: "resources.type", Equals: ["AWS::S3::Object"] },
        ],
      },
    ]);
  });

  it("creates bucket, policy and trail, and starts it, under names that can be used unchanged", () => {
    const { text } = change({});
    expect(blocks(text).map(operations)).toEqual([
      ["aws s3api create-bucket"],
      ["aws s3api put-bucket-policy"],
      ["aws cloudtrail create-trail"],
      ["aws cloudtrail start-logging"],
      ["aws cloudtrail get-trail"],
      ["aws cloudtrail get-trail-status"],
      ["aws cloudtrail delete-trail"],
    ]);
    // Each needs the one before, so the first that fails is the last.
    expect(text).toMatch(/^bash <<'END'\nset -e\n/);
    expect(text).toContain("--s3-bucket-name cloudtrail-logs-333333333333-us-east-1");
    expect(text).not.toContain("YOUR-");
  });

  it("names the owning account of an organization trail, also when only the management account shows it", () => {
    const { text, steps } = change({
      account: member,
      orgEvidence: { accountId: managementAccount, trails: [organizationTrail()] },
    });
    expect(text).toContain(`arn:aws:cloudtrail:us-east-1:${managementAccount}:trail/org-trail`);
    expect(steps[0]).toContain(managementAccount);
  });
});

describe("the owner", () => {
  const over = { trails: [singleRegionTrail("us-east-1")] };

  it("is a stack when AWS says so: its tab comes first, with a warning", () => {
    const stack = change(over, { "aws:cloudformation:stack-name": "audit" });
    expect(stack.managedBy?.text).toContain("stack audit");
    expect(stack.managedBy?.text).toContain("undo");
    expect(stack.defaultTab).toBe("cloudformation");
  });

  it("is recognized by tags that Terraform, Pulumi and CDK users set", () => {
    expect(change(over, { ManagedBy: "terraform" }).defaultTab).toBe("terraform");
    expect(change(over, { "pulumi:project": "audit" }).defaultTab).toBe("pulumi");
    expect(change(over, { "aws:cloudformation:stack-name": "A", tool: "aws-cdk" }).defaultTab).toBe("cdk");
  });

  it("is no tool when no tag says so", () => {
    const plain = change(over, { team: "platform" });
    expect(plain.managedBy).toBeUndefined();
    expect(plain.defaultTab).toBe("cli");
  });
});

describe("the notes", () => {
  it("name the trails that become paid duplicates", () => {
    const { notes } = change({ trails: [singleRegionTrail("us-east-1"), singleRegionTrail("eu-west-1")] });
    expect(notes.join(" ")).toContain("t-eu-west-1 only copies management events a second time");
  });
});
