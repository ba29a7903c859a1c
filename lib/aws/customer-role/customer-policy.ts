import {
  type AwsPermission,
  allFacts,
  requestedPermissions,
  withRequirements,
} from "@/lib/aws/collectors/requested-permissions";
import type { FactName } from "@/lib/checks/facts/facts";

/** What a policy depends on of a check: the facts it may ask for. */
export interface FactNeeds {
  readonly needs: readonly FactName[];
  readonly needsUnlessPassing: readonly FactName[];
}

export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: "Allow" | "Deny";
    readonly Action: string | readonly string[];
    readonly Resource: "*";
  }[];
}

/** Every permission the checks need, each with its reason. Without checks: those of all collectors. */
export function permissionLines(checks?: readonly FactNeeds[]): readonly AwsPermission[] {
  const facts = checks
    ? checks.flatMap(({ needs, needsUnlessPassing }) => [...needs, ...needsUnlessPassing])
    : allFacts;
  return withRequirements(facts).flatMap((name) => requestedPermissions[name].permissions);
}

/**
 * The policy of the role a customer makes for us: exactly the actions we use. `Resource` is `*` because most of
 * them know no resource, and because organization trails live under the management account's id.
 */
export function customerPolicy(checks?: readonly FactNeeds[]): PolicyDocument {
  const actions = permissionLines(checks).map(({ action }) => action);
  const Sid = "PosturioReadsConfiguration";
  return { Version: "2012-10-17", Statement: [{ Sid, Effect: "Allow", Action: actions, Resource: "*" }] };
}

/**
 * What our session may do at most, handed to STS with AssumeRole. Even in a role with administrator rights it
 * can only read what the collectors declare. STS allows 2,048 characters.
 */
export function sessionPolicy(checks?: readonly FactNeeds[]): string {
  return JSON.stringify(customerPolicy(checks));
}

/** For sessions that must be refused: should one be given after all, it can do nothing. */
export function denyAllPolicy(): string {
  const statement = { Sid: "Nothing", Effect: "Deny", Action: "*", Resource: "*" } as const;
  const policy: PolicyDocument = { Version: "2012-10-17", Statement: [statement] };
  return JSON.stringify(policy);
}
