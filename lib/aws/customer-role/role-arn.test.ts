import { describe, expect, it } from "vitest";
import { parseRoleArn, type RoleArnProblem } from "./role-arn";

const good = "arn:aws:iam::111122223333:role/PosturioReadOnly";

describe("parseRoleArn", () => {
  it.each([
    [good, "aws"],
    ["arn:aws-us-gov:iam::111122223333:role/PosturioReadOnly", "aws-us-gov"],
    ["arn:aws-cn:iam::111122223333:role/audit/team/Posturio_x", "aws-cn"],
    ["arn:aws-eusc:iam::111122223333:role/Posturio", "aws-eusc"],
    [`  ${good}\n`, "aws"],
  ])("accepts %j", (text, partition) => {
    expect(parseRoleArn(text)).toMatchObject({ ok: true, partition, accountId: "111122223333" });
  });

  const bad: [string, RoleArnProblem][] = [
    ["", "malformed"],
    ["PosturioReadOnly", "malformed"],
    ["arn:aws:iam::11112222333:role/PosturioReadOnly", "malformed"],
    ["arn:aws:iam:us-east-1:111122223333:role/PosturioReadOnly", "malformed"],
    [`${good} extra`, "malformed"],
    [`${good}\u0000`, "malformed"],
    [`x${good}`, "malformed"],
    ["arn:aws:iam::111122223333:role//PosturioReadOnly", "malformed"],
    ["arn:aws:iam::111122223333:role/PosturioReadOnly/", "malformed"],
    [`arn:aws:iam::111122223333:role/Posturio${"x".repeat(60)}`, "malformed"],
    ["arn:aws:iam::111122223333:user/alice", "user"],
    ["arn:aws:sts::111122223333:assumed-role/PosturioReadOnly/alice", "assumed_role"],
    ["arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/PosturioX", "service_linked_role"],
    ["arn:aws:iam::111122223333:policy/PosturioReadOnly", "not_a_role"],
    ["arn:aws-iso:iam::111122223333:role/PosturioReadOnly", "other_partition"],
    ["arn:aws-cn:iam::111122223333:role/PosturioReadOnly", "other_partition"],
    ["arn:aws:iam::444455556666:role/PosturioReadOnly", "account_mismatch"],
    ["arn:aws:iam::111122223333:role/OrganizationAccountAccessRole", "role_name"],
    ["arn:aws:iam::111122223333:role/Posturio/Other", "role_name"],
  ];
  const expected = { accountId: "111122223333", partition: "aws" } as const;

  it.each(bad)("refuses %j as %s", (text, problem) => {
    expect(parseRoleArn(text, expected)).toMatchObject({ ok: false, problem });
  });

  it("has a message of its own for each problem", () => {
    const texts = new Map(
      bad.map(([text, problem]) => {
        const parsed = parseRoleArn(text, expected);
        return [problem, parsed.ok ? "" : parsed.message];
      }),
    );
    expect(new Set(texts.values()).size).toBe(texts.size);
  });
});
