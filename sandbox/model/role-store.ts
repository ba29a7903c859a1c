import type { RoleSpec } from "../world/world-file";
import type { Account } from "./account";
import { randomId } from "./identity";
import { type Role, trustOf } from "./roles";

export function newRole(account: Account, spec: RoleSpec, now: number): Role {
  return {
    name: spec.name,
    path: "/",
    arn: `arn:${account.partition}:iam::${account.id}:role/${spec.name}`,
    id: randomId("AROA", 21),
    createdAt: now,
    trust: trustOf(spec),
    maxSessionDuration: 3_600,
    description: undefined,
    policies: spec.actions
      ? new Map([["Given", { Statement: [{ Effect: "Allow", Action: spec.actions, Resource: "*" }] }]])
      : undefined,
    attached: new Map(),
    tags: new Map(),
  };
}
