import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { collectors } from "@/lib/aws/collectors/collector-table";
import { logBucketPermissions, requestedPermissions } from "@/lib/aws/collectors/requested-permissions";
import { cliTemplate } from "./cli-template";
import { cloudFormationTemplate } from "./cloudformation-template";
import { customerPolicy, permissionLines, sessionPolicy } from "./customer-policy";
import { logBucketPolicy } from "./log-bucket-policy";
import { quickCreateUrl } from "./quick-create";
import { roleActions } from "./role-template";
import { terraformTemplate } from "./terraform-template";

const input = {
  externalId: "pst_0123456789abcdef0123456789abcdef",
  principalArn: "arn:aws:iam::999999999999:role/posturio-scanner",
};
const declared = [...roleActions()].sort();

/** `!Ref X`, `!GetAtt X.Y` and `!Sub X` are of no interest here. */
const cloudFormation = (text: string) =>
  parse(text, {
    customTags: ["!Ref", "!GetAtt", "!Sub"].map((tag) => ({ tag, resolve: (value: string) => value })),
  });

/** Commands whose IAM action has another name. */
const actionOf: Readonly<Record<string, string>> = { "s3:ListObjectsV2": "ListBucket" };

function clients(): { source: string; service: string; command: string }[] {
  const folder = join(import.meta.dirname, "..");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .flatMap((file) => {
      const source = readFileSync(join(folder, file), "utf8");
      return [...source.matchAll(/import \{([^}]*)\} from "@aws-sdk\/client-([a-z0-9]+)"/gs)].flatMap(
        ([, names = "", service = ""]) =>
          [...names.matchAll(/\b(\w+)Command\b/g)].map(([, command = ""]) => ({
            source,
            service,
            command: actionOf[`${service}:${command}`] ?? command,
          })),
      );
    });
}

it("has each collector use exactly the actions declared for its fact", () => {
  const used = clients();
  for (const collector of Object.values(collectors)) {
    const files = used.filter(({ source }) => source.includes(`fact: "${collector.fact}"`));
    const actions = files.map(({ service, command }) => `${service}:${command}`).sort();
    expect(actions).toEqual(
      requestedPermissions[collector.fact].permissions.map(({ action }) => action).sort(),
    );
  }
});

it("sends no command that is not declared, except to assume the role and ask who we are", () => {
  const used = [...new Set(clients().map(({ service, command }) => `${service}:${command}`))].sort();
  const free = ["sts:AssumeRole", "sts:GetCallerIdentity"];
  const optional = logBucketPermissions
    .map(({ action }) => action)
    .filter((action) => action !== "kms:Decrypt");
  expect(used.filter((action) => !free.includes(action))).toEqual([...declared, ...optional].sort());
  expect(used).toEqual(expect.arrayContaining(free));
});

it("asks for reading verbs only, each with a reason", () => {
  for (const { action, why } of permissionLines()) {
    expect(action).toMatch(/^[a-z0-9-]+:(Get|List|Describe)[A-Z]\w+$/);
    expect(why.length).toBeGreaterThan(20);
  }
  expect(new Set(declared).size).toBe(declared.length);
});

it("gives the session exactly the actions of the role, within what STS accepts", () => {
  expect(JSON.parse(sessionPolicy())).toEqual(customerPolicy());
  expect(sessionPolicy().length).toBeLessThan(2_048);
});

it("asks only for what the facts of the given checks need, prerequisites included", () => {
  const actions = permissionLines([{ needs: ["cloudtrail.trail_status"], needsUnlessPassing: [] }]);
  expect(actions.map(({ action }) => action).sort()).toEqual([
    "cloudtrail:DescribeTrails",
    "cloudtrail:GetTrailStatus",
    "ec2:DescribeRegions",
  ]);
});

it("makes the same role in CloudFormation, Terraform and the CLI", () => {
  const stack = cloudFormation(cloudFormationTemplate(input));
  const role = stack.Resources.PosturioRole.Properties;
  const cfnActions: string[] = role.Policies[0].PolicyDocument.Statement[0].Action;
  const terraform = terraformTemplate(input);
  const [base = ""] = terraform.split('resource "aws_iam_role_policy" "posturio_log_files"');
  const tfActions = [...base.matchAll(/"((?!sts:)[a-z0-9-]+:[A-Z]\w+)"/g)].map(([, action]) => action);
  const documents = [...cliTemplate(input).matchAll(/'(\{.*?\n\})'/gs)].map(([, json]) =>
    JSON.parse(json ?? ""),
  );
  const [trust, policy] = documents;

  expect([...cfnActions].sort()).toEqual(declared);
  expect([...tfActions].sort()).toEqual(declared);
  expect([...policy.Statement[0].Action].sort()).toEqual(declared);

  const condition = {
    StringEquals: { "sts:ExternalId": input.externalId },
    StringLike: { "sts:RoleSessionName": "posturio-*" },
  };
  expect(trust.Statement[0]).toMatchObject({ Principal: { AWS: input.principalArn }, Condition: condition });
  expect(stack.Parameters.ExternalId.Default).toBe(input.externalId);
  expect(stack.Parameters.PosturioPrincipalArn.Default).toBe(input.principalArn);
  expect(role.AssumeRolePolicyDocument.Statement[0].Condition).toEqual({
    StringEquals: { "sts:ExternalId": "ExternalId" },
    StringLike: condition.StringLike,
  });
  expect(terraform).toContain(`"sts:ExternalId" = "${input.externalId}"`);
  expect(terraform).toContain(`Principal = { AWS = "${input.principalArn}" }`);
});

it("reads log files only of the bucket that is named, and decrypts them through S3 alone, in all three forms", () => {
  const logBucket = "acme-logs";
  const named = { ...input, principalArn: input.principalArn.replace("aws", "aws-cn"), logBucket };
  const statements = logBucketPolicy("aws-cn", logBucket).Statement;
  expect(statements.map(({ Action }) => Action)).toEqual(logBucketPermissions.map(({ action }) => action));

  const stack = cloudFormation(cloudFormationTemplate(named));
  expect(stack.Parameters.LogBucketName.Default).toBe(logBucket);
  const [, { "Fn::If": choice }] = stack.Resources.PosturioRole.Properties.Policies;
  const filledIn = JSON.stringify(choice[1].PolicyDocument.Statement)
    .replaceAll("$" + "{AWS::Partition}", "aws-cn")
    .replaceAll("$" + "{LogBucketName}", logBucket);
  expect([choice[0], JSON.parse(filledIn), choice[2]]).toEqual([
    "ReadsLogBucket",
    statements,
    "AWS::NoValue",
  ]);
  expect(cloudFormation(cloudFormationTemplate()).Parameters.LogBucketName.Default).toBe("");
  expect(cloudFormationTemplate(input)).not.toContain("LogBucket");

  const terraform = terraformTemplate(named);
  expect(terraform).toMatch(/variable "posturio_log_bucket" \{[^}]*default\s+= "acme-logs"/);
  expect(terraformTemplate(input)).not.toContain("log_bucket");
  for (const { Action, Resource } of statements) {
    expect(terraform).toContain(`"${Action}"`);
    expect(terraform).toContain(`"${Resource.replace(logBucket, "$" + "{var.posturio_log_bucket}")}"`);
  }

  const documents = [...cliTemplate(named).matchAll(/'(\{.*?\n\})'/gs)].map(([, json]) =>
    JSON.parse(json ?? ""),
  );
  expect(documents.at(2)).toEqual({ Version: "2012-10-17", Statement: statements });
  expect(cliTemplate(input)).not.toContain("s3:");
  const url = quickCreateUrl("https://b.s3.cn-north-1.amazonaws.com.cn", "aws-cn", named) ?? "";
  expect(url).toContain("param_LogBucketName=acme-logs");
});

it("leaves the values open in the template for a bucket, and fills them by the quick-create link", () => {
  const stack = cloudFormation(cloudFormationTemplate());
  expect(stack.Parameters.ExternalId.Default).toBeUndefined();
  const url = new URL(quickCreateUrl("https://b.s3.amazonaws.com/t/", "aws", input) ?? "");
  expect(url.origin + url.pathname).toBe("https://us-east-1.console.aws.amazon.com/cloudformation/home");
  const values = new URLSearchParams(url.hash.slice(url.hash.indexOf("?")));
  expect(values.get("templateURL")).toBe("https://b.s3.amazonaws.com/t/posturio-role.yaml");
  expect(values.get("param_ExternalId")).toBe(input.externalId);
  expect(values.get("param_PosturioPrincipalArn")).toBe(input.principalArn);
});

const conventions = {
  roleName: "audit-Posturio",
  rolePath: "/security/audit/",
  permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/Boundary",
  tags: [
    { key: "Cost Center", value: "12 34" },
    { key: "Owner", value: "a=b@example.com" },
  ],
};

it("fills name, path, boundary and tags into all three forms, and leaves none where none is asked for", () => {
  const { Parameters } = cloudFormation(cloudFormationTemplate({ ...input, ...conventions }));
  expect(Parameters.RoleName.Default).toBe("audit-Posturio");
  expect(Parameters.RolePath.Default).toBe("/security/audit/");
  expect(Parameters.PermissionsBoundaryArn.Default).toBe(conventions.permissionsBoundaryArn);
  expect([Parameters.TagKey2.Default, Parameters.TagValue2.Default]).toEqual(["Owner", "a=b@example.com"]);
  for (const [name, parameter] of Object.entries<{ Default?: string; AllowedPattern?: string }>(Parameters)) {
    if (parameter.AllowedPattern === undefined) continue;
    expect(parameter.Default, name).toMatch(new RegExp(`^(?:${parameter.AllowedPattern})$`));
  }
  const plain = cloudFormation(cloudFormationTemplate(input)).Parameters;
  expect([plain.RolePath.Default, plain.PermissionsBoundaryArn.Default, plain.TagKey1.Default]).toEqual([
    "/",
    "",
    "",
  ]);

  const terraform = terraformTemplate({ ...input, ...conventions });
  for (const value of ['"audit-Posturio"', '"/security/audit/"', '"Cost Center" = "12 34"']) {
    expect(terraform).toContain(value);
  }
  expect(terraformTemplate(input)).toMatch(/posturio_permissions_boundary_arn[^}]*default\s+= null/);

  const cli = cliTemplate({ ...input, ...conventions });
  expect(cli).toContain("--path /security/audit/");
  expect(cli).toContain(`--permissions-boundary ${conventions.permissionsBoundaryArn}`);
  expect(JSON.parse(/--tags '(.*)'/.exec(cli)?.[1] ?? "")).toEqual([
    { Key: "Cost Center", Value: "12 34" },
    { Key: "Owner", Value: "a=b@example.com" },
  ]);
  expect(cliTemplate(input)).not.toMatch(/--path|--permissions-boundary|--tags/);
});

it("every parameter, condition and variable that is declared is used, and the other way round", () => {
  for (const values of [undefined, input, { ...input, ...conventions }]) {
    const text = cloudFormationTemplate(values);
    const stack = cloudFormation(text);
    const used = [...text.matchAll(/!Ref '?(\w+)/g)].map(([, name]) => name).filter((name) => name !== "AWS");
    expect([...new Set(used)].sort()).toEqual(Object.keys(stack.Parameters).sort());
    for (const condition of Object.keys(stack.Conditions))
      expect(text).toMatch(new RegExp(`\\[?${condition}\\b`));
  }
  const terraform = terraformTemplate(input);
  const declared = [...terraform.matchAll(/variable "(\w+)"/g)].map(([, name]) => name);
  const used = [...terraform.matchAll(/var\.(\w+)/g)].map(([, name]) => name);
  expect([...new Set(used)].sort()).toEqual(declared.sort());
});

it("links only to a bucket in the account's partition, with as many tags as the template takes", () => {
  const bucket = "https://b.s3.us-east-1.amazonaws.com";
  const values = new URLSearchParams(
    quickCreateUrl(bucket, "aws", { ...input, ...conventions })
      ?.split("?")
      .at(-1),
  );
  expect(values.get("param_RolePath")).toBe("/security/audit/");
  expect(values.get("param_PermissionsBoundaryArn")).toBe(conventions.permissionsBoundaryArn);
  expect(values.get("param_TagValue1")).toBe("12 34");
  expect(quickCreateUrl(bucket, "aws", { ...input, ...conventions })).toContain("param_TagValue1=12%2034");
  const parameters = Object.keys(cloudFormation(cloudFormationTemplate()).Parameters);
  for (const name of values.keys()) {
    if (name.startsWith("param_")) expect(parameters).toContain(name.slice("param_".length));
  }
  expect(quickCreateUrl(bucket, "aws-us-gov", input)).toBeNull();
  expect(quickCreateUrl("https://b.s3.us-gov-west-1.amazonaws.com", "aws-us-gov", input)).toContain("us-gov");
  expect(quickCreateUrl("https://b.s3.cn-north-1.amazonaws.com.cn", "aws", input)).toBeNull();
  const tags = ["a", "b", "c", "d"].map((key) => ({ key, value: "" }));
  expect(quickCreateUrl(bucket, "aws", { ...input, tags })).toBeNull();
});

it("refuses values that could break out of a template", () => {
  for (const externalId of ["x'; rm -rf /", 'a"b', "a\nb", "$" + "{x}"]) {
    expect(() => cloudFormationTemplate({ ...input, externalId })).toThrow(RangeError);
    expect(() => terraformTemplate({ ...input, externalId })).toThrow(RangeError);
    expect(() => cliTemplate({ ...input, externalId })).toThrow(RangeError);
    for (const wrong of [
      { roleName: externalId },
      { rolePath: externalId },
      { permissionsBoundaryArn: externalId },
      { logBucket: externalId },
      { tags: [{ key: externalId, value: "" }] },
      { tags: [{ key: "a", value: externalId }] },
    ]) {
      expect(() => cloudFormationTemplate({ ...input, ...wrong })).toThrow(RangeError);
      expect(() => terraformTemplate({ ...input, ...wrong })).toThrow(RangeError);
      expect(() => cliTemplate({ ...input, ...wrong })).toThrow(RangeError);
      expect(() => quickCreateUrl("https://b.s3.amazonaws.com", "aws", { ...input, ...wrong })).toThrow(
        RangeError,
      );
    }
  }
});
