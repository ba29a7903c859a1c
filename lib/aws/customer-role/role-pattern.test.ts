import { describe, expect, test } from "vitest";
import { parseEnvironment } from "@/lib/env";
import { parseRoleArn } from "./role-arn";
import { mayBeAssumed, suggestedRole } from "./role-pattern";

const patternsOf = (text?: string) => parseEnvironment({ POSTURIO_ROLE_PATTERN: text }).POSTURIO_ROLE_PATTERN;

describe("the roles that this installation may assume", () => {
  test.for([
    [undefined, "PosturioReadOnly", true],
    [undefined, "security/PosturioReadOnly", true],
    [undefined, "a/b/c/Posturio_x", true],
    [undefined, "Admin", false],
    [undefined, "Posturio/Admin", false],
    [undefined, "posturioreadonly", false],
    [undefined, "NotPosturio", false],
    ["role/*", "Admin", true],
    ["role/*", "a/b/Admin", true],
    ["role/security/audit-*", "security/audit-x", true],
    ["role/security/audit-*", "audit-x", false],
    ["role/security/audit-*", "security/audit-x/y", false],
    ["role/security/*", "security/a/b", true],
    ["role/a.b", "aXb", false],
    ["role/a+b=c,d@e", "a+b=c,d@e", true],
    ["role/One  role/Two", "Two", true],
  ] as const)("%s: %s %s", ([pattern, role, isAllowed]) => {
    expect(mayBeAssumed(role, patternsOf(pattern))).toBe(isAllowed);
    const parsed = parseRoleArn(`arn:aws:iam::111122223333:role/${role}`, { patterns: patternsOf(pattern) });
    expect(parsed.ok).toBe(isAllowed);
  });

  test("IAM would allow whatever we accept: its * matches anything", () => {
    const inIam = (pattern: string, role: string) =>
      new RegExp(`^${pattern.replaceAll(/[.+]/g, "\\$&").replaceAll("*", ".*")}$`).test(`role/${role}`);
    for (const pattern of ["role/Posturio*", "role/*/Posturio*", "role/*", "role/a*/b*c", "role/*/x/*"]) {
      for (const role of [
        "Posturio",
        "Posturio1",
        "p/Posturio1",
        "p/q/Posturio",
        "ab/bXc",
        "ab/b/c",
        "p/x/y",
        "x/y",
      ]) {
        if (mayBeAssumed(role, [pattern])) expect(inIam(pattern, role), `${pattern} ${role}`).toBe(true);
      }
    }
  });

  test("a role outside is refused in one sentence that names pattern and role", () => {
    const refused = parseRoleArn("arn:aws:iam::111122223333:role/team/Admin");
    expect(refused).toMatchObject({
      ok: false,
      problem: "role_name",
      message:
        "Posturio may only assume roles that match role/Posturio* or role/*/Posturio* here, and this one is role/team/Admin.",
    });
  });

  test.for(["role/Posturio*", "role/security/*", "role/*/audit-*", "role/x/audit-*-read", "role/a*b*"])(
    "%s: the suggested role is one of them",
    (pattern) => {
      const { name, path } = suggestedRole([pattern]);
      expect(mayBeAssumed(`${path.slice(1)}${name}`, [pattern])).toBe(true);
      expect(name).toMatch(/^[\w+=,.@-]{1,64}$/);
      expect(path).toMatch(/^\/([\w+=,.@-]+\/)*$/);
    },
  );

  test.for(["Posturio*", "role/", "role/a b", "arn:aws:iam::*:role/x", "role/a//b", "role/a,role/(b)"])(
    "the setting refuses %j",
    (text) => {
      expect(() => patternsOf(text)).toThrow("POSTURIO_ROLE_PATTERN");
    },
  );
});
