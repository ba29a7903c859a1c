import { describe, expect, it } from "vitest";
import { check } from "@/lib/checks/cloudtrail/not-multi-region/check";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import { plainText } from "@/lib/checks/snippets/marked";
import { followsTabs } from "@/lib/checks/suggested-change";
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

function change(
  over: Over,
  { tags = {}, ...more }: { tags?: Record<string, string> } & Partial<EvaluationContext> = {},
) {
  const { facts: read, context: judgedIn } = scenario(accountCase(over), now);
  const owned = Object.keys(read["cloudtrail.trail_tags"]).map(
    (arn) => [arn, { ok: true, value: tags }] as const,
  );
  const facts = { ...read, "cloudtrail.trail_tags": Object.fromEntries(owned) };
  const context = { ...judgedIn, ...more };
  const described = check.describe(check.evaluate(facts, context), facts, {
    ...context,
    accountName: "acme",
  }).change;
  if (described === null) throw new Error("nothing to change");
  const tab = (id: string) => {
    const found = described.tabs?.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no tab ${id}`);
    return { ...found, text: plainText(found.parts), undoText: plainText(found.undo?.parts ?? []) };
  };
  return { ...described, tab, text: plainText(described.command ?? []) };
}

const worlds: Readonly<Record<string, Over>> = {
  CONVERT_TRAIL: { trails: [singleRegionTrail("eu-west-1")] },
  CREATE_MULTI_REGION_TRAIL: {},
  START_LOGGING: { trails: [multiRegionTrail({ status: status.stopped })] },
  FIX_EVENT_SELECTORS: { trails: [multiRegionTrail(selectors.writeOnly)] },
  FIX_DELIVERY: { trails: [multiRegionTrail({ status: status.failing })] },
  FIX_ORG_TRAIL: { account: member, trails: [organizationTrail({ status: status.stopped })] },
  ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL: {
    account: member,
    orgEvidence: { accountId: managementAccount, trails: [organizationTrail({ homeRegion: "eu-south-2" })] },
  },
  FIX_SCAN_PERMISSIONS: denied("cloudtrail:GetTrailStatus"),
};

function denied(api: string): Over {
  return {
    trails: [multiRegionTrail()],
    errors: [
      {
        api,
        region: "*",
        code: "AccessDeniedException",
        message: `because no identity-based policy allows the ${api} action`,
      },
    ],
  };
}

/** Words that belong to one tool. */
const tools = {
  cli: /\bRun the command/,
  terraform: /terraform (plan|apply)/,
  cloudformation: /change set/,
  cdk: /cdk (diff|deploy)/,
  pulumi: /pulumi (preview|up)/,
};

describe.each(Object.entries(worlds))("%s", (_, over) => {
  const described = change(over);

  it("says in every tab what to do with that tool, and with no other", () => {
    expect(followsTabs(described)).toBe(true);
    for (const { id, steps = [] } of described.tabs ?? []) {
      const text = steps.join("\n");
      for (const [tool, words] of Object.entries(tools)) {
        if (id === tool) expect(text, id).toMatch(words);
        else if (id in tools) expect(text, `${id}: ${text}`).not.toMatch(words);
      }
      expect(text, id).toMatch(/Scan again|other tabs/);
    }
  });

  it("undoes it in every tab with that tool", () => {
    for (const { id, undo } of described.tabs ?? []) {
      if (id === "console") continue;
      expect(undo?.text, id).toBeTruthy();
      const isShell = /\baws [a-z0-9]+ /.test(plainText(undo?.parts ?? []));
      expect(isShell, id).toBe(id === "cli" || id === "move");
    }
  });
});

describe("a trail that a stack owns", () => {
  const stack = { tags: { "aws:cloudformation:stack-name": "audit" } };

  it("is changed in its template: the changed properties alone, and no import", () => {
    const { tab } = change(worlds.CONVERT_TRAIL ?? {}, stack);
    const { text, notes, steps, undo } = tab("cloudformation");
    expect(text).toContain("IsMultiRegionTrail: true");
    expect(text).not.toMatch(/DeletionPolicy|AWSTemplateFormatVersion|S3BucketName/);
    expect((notes ?? []).join(" ")).not.toContain("IMPORT");
    expect(steps?.join(" ")).toContain("stack's template");
    expect(undo?.text).toContain("update the stack");
  });

  it("is not imported into Terraform or Pulumi either", () => {
    for (const tags of [{ ManagedBy: "terraform" }, { "pulumi:project": "audit" }]) {
      const { tab } = change(worlds.CONVERT_TRAIL ?? {}, { tags: tags as Record<string, string> });
      expect(tab("terraform").text).not.toContain("import");
      expect(tab("pulumi").text).not.toContain("pulumi import");
    }
    expect(change(worlds.CONVERT_TRAIL ?? {}).tab("terraform").text).toContain("terraform import");
  });
});

describe("a delivery that fails for its key", () => {
  const key = "arn:aws:kms:us-east-1:333333333333:key/1";
  const failing = (latestDeliveryError: string) =>
    change({
      trails: [multiRegionTrail({ status: { ...status.failing, latestDeliveryError }, kmsKeyId: key })],
    });

  it.each([
    ["KMS.DisabledException", /^aws kms enable-key/, "aws kms disable-key", "kms:EnableKey"],
    ["KMS.KMSInvalidStateException", /^aws kms cancel-key-deletion/, "aws kms disable-key", "kms:EnableKey"],
    [
      "KMS.NotFoundException",
      /^aws cloudtrail update-trail/,
      "aws cloudtrail update-trail",
      "cloudtrail:UpdateTrail",
    ],
    ["KMS.AccessDeniedException", /aws kms put-key-policy/, "aws kms put-key-policy", "kms:PutKeyPolicy"],
  ])("%s: leads with the key, not with the bucket's policy", (error, command, undo, permission) => {
    const described = failing(error);
    expect(described.defaultTab).toBe("cli");
    expect(described.text).toMatch(command);
    expect(described.text).not.toContain("s3api");
    expect(described.tab("cli").undoText).toContain(undo);
    expect(described.permissions?.actions).toContain(permission);
    expect(described.steps[0]).toBe(`AWS reports: ${error}.`);
    expect(described.steps[1]).toContain(key);
    expect(described.steps.join(" ")).not.toContain("s3:PutObject");
    expect(described.beforeAfter?.map(({ attribute }) => attribute)).not.toContain("Bucket policy");
    expect(described.tabs?.map(({ id }) => id)).toEqual([
      "cli",
      "console",
      "key-policy",
      "bucket-policy",
      "checks",
    ]);
  });

  it("leads with the bucket's policy for any other error, key or not", () => {
    for (const error of ["AccessDenied", "NoSuchBucket"]) {
      expect(failing(error).text).toContain("aws s3api put-bucket-policy");
    }
  });
});

describe("the identity that reads", () => {
  const role = { kind: "role", name: "Audit", path: "security/" } as const;

  it("is named where it lacks a permission", () => {
    const described = change(denied("cloudtrail:GetTrailStatus"), { scanner: role });
    expect(described.text).toMatch(/aws iam put-role-policy \\\n {2}--role-name Audit /);
    expect(JSON.stringify(described.tabs)).not.toContain("PosturioReadOnly");
    expect(described.tab("cli").notes).toBeUndefined();
  });

  it("may be a user", () => {
    const described = change(denied("cloudtrail:GetTrailStatus"), {
      scanner: { kind: "user", name: "ci", path: "" },
    });
    expect(described.text).toMatch(/aws iam put-user-policy \\\n {2}--user-name ci /);
    expect(described.tab("cloudformation").text).toContain("Type: AWS::IAM::UserPolicy");
    expect(described.tab("terraform").text).toContain('resource "aws_iam_user_policy"');
  });

  it("is the role of our templates where it is not known, and the tab says so", () => {
    const described = change(denied("cloudtrail:GetTrailStatus"));
    expect(described.text).toContain("--role-name PosturioReadOnly");
    expect(described.tab("cli").notes?.[0]).toContain("another name");
  });

  it("is exempted from a service control policy with its path", () => {
    const over = {
      trails: [multiRegionTrail()],
      errors: [
        {
          api: "cloudtrail:DescribeTrails",
          region: "*",
          code: "AccessDeniedException",
          message: "with an explicit deny in a service control policy",
        },
      ],
    };
    expect(change(over, { scanner: role }).tab("scp").text).toContain("arn:aws:iam::*:role/security/Audit");
  });
});
