import { describe, expect, it } from "vitest";
import { needsGrant, refusedCaller, refusingPolicy } from "./refusing-policy";

describe("the policy that refused", () => {
  const implicit = (name: string) =>
    `User: arn:aws:sts::111122223333:assumed-role/R/s is not authorized to perform: a:B because no ${name} allows the a:B action`;
  const explicit = (name: string) =>
    `User: x is not authorized to perform: a:B on resource: * with an explicit deny in ${name}`;

  it.each([
    ["identity-based policy", "an identity-based policy", "identity"],
    ["service control policy", "a service control policy", "scp"],
    ["resource control policy", "a resource control policy", "rcp"],
    ["permissions boundary", "a permissions boundary", "boundary"],
    ["session policy", "a session policy", "session"],
    ["VPC endpoint policy", "a VPC endpoint policy", "endpoint"],
    ["resource-based policy", "a resource-based policy", "resource"],
    ["role trust policy", "the role trust policy", "trust"],
  ])("is read in both of AWS's sentences: %s", (without, withArticle, kind) => {
    expect(refusingPolicy(implicit(without))).toEqual({ kind, isExplicit: false, arn: null });
    expect(refusingPolicy(explicit(withArticle))).toEqual({ kind, isExplicit: true, arn: null });
  });

  it("is named by its ARN where AWS gives it", () => {
    const arn = "arn:aws:organizations::111122223333:policy/o-exampleorgid/service_control_policy/p-1";
    expect(refusingPolicy(explicit(`a service control policy: ${arn}`))).toEqual({
      kind: "scp",
      isExplicit: true,
      arn,
    });
  });

  it("is not known from a message without a reason", () => {
    for (const message of ["", "Access Denied", "User: x is not authorized to perform: a:B"]) {
      expect(refusingPolicy(message)).toBeNull();
    }
  });

  it("is healed by a grant in one case alone", () => {
    const failure = { kind: "denied", api: "a:B", region: "us-east-1", code: "AccessDenied" } as const;
    expect(needsGrant({ ...failure, message: implicit("identity-based policy") })).toBe(true);
    for (const message of [
      "",
      explicit("an identity-based policy"),
      implicit("service control policy"),
      implicit("permissions boundary"),
    ]) {
      expect(needsGrant({ ...failure, message })).toBe(false);
    }
  });
});

describe("the caller that was refused", () => {
  it("is a role, a user or a permission set, by its own name", () => {
    const of = (arn: string) => refusedCaller(`User: ${arn} is not authorized to perform: a:B`);
    expect(of("arn:aws:sts::111122223333:assumed-role/Audit/s")).toEqual({ kind: "role", name: "Audit" });
    expect(of("arn:aws-cn:iam::111122223333:user/team/bob")).toEqual({ kind: "user", name: "bob" });
    expect(of("arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Sec_Ops_0a1b2c/me")).toEqual({
      kind: "permission_set",
      name: "Sec_Ops",
    });
    expect(of("arn:aws:iam::111122223333:root")).toBeNull();
    expect(of("arn:aws:sts::111122223333:assumed-role/a'$(rm)/s")).toBeNull();
    expect(refusedCaller("")).toBeNull();
  });
});
