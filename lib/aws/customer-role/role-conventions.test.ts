import { expect, test } from "vitest";
import { cliTemplate } from "./cli-template";
import { cloudFormationTemplate } from "./cloudformation-template";
import { type ConventionsText, readConventions } from "./role-conventions";
import { terraformTemplate } from "./terraform-template";

const account = { id: "111122223333", partition: "aws" } as const;
const patterns = ["role/Posturio*", "role/*/Posturio*"];
const read = (text: ConventionsText) => readConventions(text, account, patterns);

test("what the customer does not choose is ours", () => {
  const none = { conventions: { roleName: "PosturioReadOnly", rolePath: "/" }, problems: {} };
  expect(read({})).toEqual(none);
  expect(read({ roleName: " ", rolePath: "", permissionsBoundaryArn: "", tags: " , " })).toEqual(none);
});

test("what is said is understood, also without its slashes", () => {
  for (const rolePath of ["/security/audit/", "security/audit", " //security/audit "]) {
    expect(
      read({
        roleName: " PosturioAudit ",
        rolePath,
        permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/team/Boundary",
        tags: "CostCenter=1234,\nOwner = a=b , Empty=",
      }),
    ).toEqual({
      conventions: {
        roleName: "PosturioAudit",
        rolePath: "/security/audit/",
        permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/team/Boundary",
        tags: [
          { key: "CostCenter", value: "1234" },
          { key: "Owner", value: "a=b" },
          { key: "Empty", value: "" },
        ],
      },
      problems: {},
    });
  }
  expect(read({ permissionsBoundaryArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }).problems).toEqual({});
});

test.for([
  [{ roleName: "Audit" }, "roleName", "match role/Posturio* or role/*/Posturio*"],
  [{ roleName: "Posturio x" }, "roleName", "64 letters"],
  [{ roleName: `Posturio${"x".repeat(57)}` }, "roleName", "64 letters"],
  [{ roleName: "Posturio'; rm" }, "roleName", "64 letters"],
  [{ rolePath: "/a b/" }, "rolePath", "folders"],
  [{ rolePath: "/a//b/" }, "rolePath", "folders"],
  [{ permissionsBoundaryArn: "Boundary" }, "permissionsBoundaryArn", "Paste the ARN"],
  [{ permissionsBoundaryArn: "arn:aws:iam::111122223333:role/x" }, "permissionsBoundaryArn", "Paste the ARN"],
  [{ permissionsBoundaryArn: "arn:aws-cn:iam::111122223333:policy/x" }, "permissionsBoundaryArn", "China"],
  [
    { permissionsBoundaryArn: "arn:aws:iam::444455556666:policy/x" },
    "permissionsBoundaryArn",
    "444455556666",
  ],
  [{ logBucket: "acme logs" }, "logBucket", "name of a bucket"],
  [{ logBucket: "arn:aws:s3:::acme" }, "logBucket", "name of a bucket"],
  [{ logBucket: "acme*" }, "logBucket", "name of a bucket"],
  [{ tags: "CostCenter" }, "tags", "Name=value"],
  [{ tags: "=1" }, "tags", "Name=value"],
  [{ tags: 'a="b"' }, "tags", "Name=value"],
  [{ tags: "aws:x=1" }, "tags", "AWS's own"],
  [{ tags: "a=1,A=2" }, "tags", "twice"],
  [{ tags: Array.from({ length: 11 }, (_, i) => `t${i}=1`).join() }, "tags", "At most 10"],
] as const)("%j is a problem of %s, and no template is filled in with it", ([text, field, said]) => {
  const { conventions, problems } = read(text);
  expect(Object.keys(problems)).toEqual([field]);
  expect(problems[field]).toContain(said);
  expect(conventions).toEqual({ roleName: "PosturioReadOnly", rolePath: "/" });
});

test("whatever is accepted can be filled into every template", () => {
  const hostile = ["x", "'", '"', "`", "$" + "{x}", "\\", "\n", "é", "a b", "a=b", "-", "/", "@"];
  for (const one of hostile) {
    for (const two of hostile) {
      const value = `${one}${two}`;
      const { conventions } = read({
        roleName: `Posturio${value}`,
        rolePath: value,
        permissionsBoundaryArn: `arn:aws:iam::111122223333:policy/${value}`,
        tags: `${value}=${value}`,
        logBucket: `acme${value}logs`,
      });
      const input = {
        externalId: "pst_0123456789abcdef",
        principalArn: "arn:aws:iam::999999999999:root",
        ...conventions,
      };
      for (const template of [cliTemplate, cloudFormationTemplate, terraformTemplate]) {
        expect(() => template(input), value).not.toThrow();
      }
    }
  }
});
