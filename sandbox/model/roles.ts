import type { RoleSpec } from "../world/world-file";
import { wildcard } from "./wildcard";

export interface Statement {
  readonly Effect: string;
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: Statement | readonly Statement[];
}

export interface Role {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly id: string;
  readonly createdAt: number;
  trust: PolicyDocument;
  maxSessionDuration: number;
  description: string | undefined;
  /** Inline policies by name; undefined means that the role may do everything. */
  policies: Map<string, PolicyDocument> | undefined;
  readonly attached: Map<string, string>;
  readonly tags: Map<string, string>;
}

export const scannerRoleArn = "arn:aws:iam::999999999999:role/posturio-scanner";

/** The short form of a role in a world file, written out as the trust policy it means. */
export function trustOf(spec: RoleSpec): PolicyDocument {
  if (spec.trust) return spec.trust as PolicyDocument;
  const principals = spec.principals ?? [scannerRoleArn];
  const base = { Effect: "Allow", Principal: { AWS: [...principals] }, Action: "sts:AssumeRole" };
  if (!spec.externalIds) return { Version: "2012-10-17", Statement: [base] };
  const statements: Statement[] = [];
  const exact = spec.externalIds.filter((id) => !id.includes("*"));
  const like = spec.externalIds.filter((id) => id.includes("*"));
  if (exact.length > 0) {
    statements.push({ ...base, Condition: { StringEquals: { "sts:ExternalId": exact } } });
  }
  if (like.length > 0) statements.push({ ...base, Condition: { StringLike: { "sts:ExternalId": like } } });
  return { Version: "2012-10-17", Statement: statements };
}

export interface Caller {
  readonly accountId: string;
  /** Every ARN under which a trust policy may name this caller. */
  readonly arns: readonly string[];
}

/** Whether a trust policy lets this caller in, with the given condition keys (absent key: undefined). */
export function trusts(
  document: PolicyDocument,
  caller: Caller,
  keys: Readonly<Record<string, string | undefined>>,
): boolean {
  let allowed = false;
  for (const statement of statementsOf(document)) {
    if (!actionMatches(statement, "sts:AssumeRole")) continue;
    if (!principalMatches(statement.Principal, caller)) continue;
    if (!conditionHolds(statement.Condition, keys)) continue;
    if (statement.Effect === "Deny") return false;
    allowed = true;
  }
  return allowed;
}

/** What a call is about, where policies are judged by more than its action. */
export interface About {
  readonly resource: string;
  /** Condition keys in small letters; undefined: the request has none. */
  readonly keys: Readonly<Record<string, string | undefined>>;
}

type Answer = "allow" | "deny" | "silent";

/** Effect and Action, and Resource and Condition too where it is known what the call is about. */
export function permits(document: PolicyDocument, action: string, about?: About): Answer {
  return answerOf(statementsOf(document), action, about);
}

/** What the policy of a resource says to a caller. */
export function lets(document: PolicyDocument, caller: Caller, action: string, about: About): Answer {
  const named = statementsOf(document).filter(({ Principal }) => principalMatches(Principal, caller));
  return answerOf(named, action, about);
}

function answerOf(statements: readonly Statement[], action: string, about: About | undefined): Answer {
  let answer: Answer = "silent";
  for (const statement of statements) {
    if (!actionMatches(statement, action)) continue;
    if (about && !(resourceMatches(statement, about) && conditionHolds(statement.Condition, about.keys))) {
      continue;
    }
    if (statement.Effect === "Deny") return "deny";
    answer = "allow";
  }
  return answer;
}

export function statementsOf(document: PolicyDocument): readonly Statement[] {
  const { Statement: statements } = document;
  return Array.isArray(statements) ? statements : [statements as Statement];
}

function actionMatches(statement: Statement, action: string): boolean {
  if (statement.NotAction !== undefined) {
    return !list(statement.NotAction).some((pattern) => wildcard(pattern, action));
  }
  return list(statement.Action).some((pattern) => wildcard(pattern, action));
}

/** A statement of the short form of a role names no resource: it is of all. */
function resourceMatches({ Resource }: Statement, { resource }: About): boolean {
  return Resource === undefined || list(Resource).some((pattern) => caseWildcard(pattern, resource));
}

function principalMatches(principal: Statement["Principal"], caller: Caller): boolean {
  if (principal === undefined) return false;
  if (typeof principal === "string") return principal === "*";
  return list(principal.AWS).some((name) => {
    if (name === "*" || name === caller.accountId) return true;
    if (/^arn:[^:]+:iam::\d{12}:root$/.test(name)) return name.split(":")[4] === caller.accountId;
    return caller.arns.includes(name);
  });
}

function conditionHolds(
  condition: Statement["Condition"],
  keys: Readonly<Record<string, string | undefined>>,
): boolean {
  for (const [operator, tests] of Object.entries(condition ?? {})) {
    const ifExists = operator.endsWith("IfExists");
    const name = ifExists ? operator.slice(0, -"IfExists".length) : operator;
    for (const [key, expected] of Object.entries(tests)) {
      const actual = keys[key.toLowerCase()];
      if (!holds(name, list(expected), actual, ifExists)) return false;
    }
  }
  return true;
}

function holds(operator: string, expected: readonly string[], actual: string | undefined, ifExists: boolean) {
  if (operator === "Null") return expected.includes(String(actual === undefined));
  const negated = /Not/.test(operator);
  if (actual === undefined) return ifExists || negated;
  const like = /Like$/.test(operator);
  const fold = /IgnoreCase$/.test(operator);
  const hit = expected.some((value) => {
    if (like) return caseWildcard(value, actual);
    return fold ? value.toLowerCase() === actual.toLowerCase() : value === actual;
  });
  return negated ? !hit : hit;
}

function caseWildcard(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`, "s").test(text);
}

function list(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}
