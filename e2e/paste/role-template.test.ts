import { parse as parseHcl } from "@cdktf/hcl2json";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { cliTemplate } from "@/lib/aws/customer-role/cli-template";
import { cloudFormationTemplate } from "@/lib/aws/customer-role/cloudformation-template";
import { terraformTemplate } from "@/lib/aws/customer-role/terraform-template";
import { StubShell } from "./stub-shell";

const input = {
  externalId: "pst_Az09+=,.@:/-",
  principalArn: "arn:aws:iam::999999999999:role/scanner/Posturio+=,.@-",
  roleName: "Posturio+=,.@-",
  rolePath: "/security+=,.@-/audit/",
  permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/Boundary+=,.@-",
  tags: [{ key: "Cost Center", value: "a=b +@:/-" }],
  logBucket: "acme.logs_of-all",
};

let shell: StubShell;
beforeAll(() => {
  shell = new StubShell();
});
afterAll(() => shell.close());

it.each(["bash", "dash"] as const)(
  "the role's commands read back the role and print an undo that runs: %s",
  (name) => {
    const pasted = shell.paste(name, cliTemplate(input));
    expect(pasted).toMatchObject({ code: 0, others: [], files: [], errors: "" });
    expect(pasted.calls.map(([, operation]) => operation)).toEqual([
      "create-role",
      "put-role-policy",
      "put-role-policy",
      "get-role-policy",
      "get-role",
    ]);
    for (const call of pasted.calls) expect(call[call.indexOf("--role-name") + 1]).toBe(input.roleName);
    const [create = []] = pasted.calls;
    const given = (option: string) => create[create.indexOf(option) + 1] ?? "";
    expect([given("--path"), given("--permissions-boundary"), JSON.parse(given("--tags"))]).toEqual([
      input.rolePath,
      input.permissionsBoundaryArn,
      [{ Key: "Cost Center", Value: "a=b +@:/-" }],
    ]);
    const trust = JSON.parse(create[create.indexOf("--assume-role-policy-document") + 1] ?? "");
    expect(trust.Statement[0]).toMatchObject({
      Principal: { AWS: input.principalArn },
      Condition: { StringEquals: { "sts:ExternalId": input.externalId } },
    });
    const undone = shell.paste(name, pasted.out.split("Undo:\n")[1] ?? "");
    expect(undone).toMatchObject({ code: 0, others: [], files: [], errors: "" });
    expect(undone.calls.map(([, operation]) => operation)).toEqual([
      "delete-role-policy",
      "delete-role-policy",
      "delete-role",
    ]);
  },
);

it("the role's Terraform and CloudFormation hold the values", async () => {
  const { resource, variable } = await parseHcl("role.tf", terraformTemplate(input));
  expect(variable.posturio_role_name[0].default).toBe(input.roleName);
  expect(resource.aws_iam_role.posturio[0].assume_role_policy).toContain(`"${input.externalId}"`);
  expect(variable.posturio_log_bucket[0].default).toBe(input.logBucket);
  expect(resource.aws_iam_role_policy.posturio_log_files[0].policy).toContain(
    "arn:aws:s3:::$" + "{var.posturio_log_bucket}/*AWSLogs/*",
  );
  const { Parameters } = parseYaml(cloudFormationTemplate(input), { logLevel: "silent" });
  expect(Parameters.ExternalId.Default).toBe(input.externalId);
  expect(Parameters.PosturioPrincipalArn.Default).toBe(input.principalArn);
  expect(Parameters.RoleName.Default).toBe(input.roleName);
  expect(Parameters.RolePath.Default).toBe(input.rolePath);
  expect(Parameters.TagValue1.Default).toBe("a=b +@:/-");
});
