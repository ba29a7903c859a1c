import { asObject, type Json, type JsonObject, list, objects, text, texts } from "./json";

/** What CloudTrail wants to do, and for which trail. */
export interface ServiceRequest {
  readonly action: string;
  /** How the resource begins, after the partition: `s3:::logs/AWSLogs/111122223333/`; null when any is right. */
  readonly resource: string | null;
  readonly trailArn: string | null;
  readonly account: string | null;
}

/** `unsure`: the policy says something about it that a plan cannot decide. */
export type Answer = "yes" | "no" | "unsure";

/**
 * Whether a resource policy lets CloudTrail do this (IAM user guide, policy evaluation logic: one statement must allow
 * it, none may deny it). Denials that are in `known` as well are left aside: they have not changed anything.
 */
export function letsCloudTrail(policy: Json, request: ServiceRequest, known: Json = null): Answer {
  const statements = statementsOf(policy);
  if (statements === null) return "unsure";
  const before = new Set((statementsOf(known) ?? []).map(canonical));
  const about = statements.map((statement) => [statement, applies(statement, request)] as const);
  const denials = about
    .filter(([statement]) => statement.Effect === "Deny" && !before.has(canonical(statement)))
    .map(([, answer]) => answer);
  if (denials.includes("yes")) return "no";
  const grants = about.filter(([statement]) => statement.Effect === "Allow").map(([, answer]) => answer);
  if (!grants.includes("yes")) return grants.includes("unsure") ? "unsure" : "no";
  return denials.includes("unsure") ? "unsure" : "yes";
}

/** Whether two documents say the same, whatever their spacing and order. */
export function isSamePolicy(one: Json, other: Json): boolean {
  const [left, right] = [one, other].map((policy) => (typeof policy === "string" ? parsed(policy) : policy));
  return one === other || (left != null && right != null && canonical(left) === canonical(right));
}

/** Null when the text is no policy. */
function statementsOf(policy: Json): readonly JsonObject[] | null {
  const document = typeof policy === "string" ? parsed(policy) : policy;
  const object = asObject(document);
  if (object === null) return null;
  const one = asObject(object.Statement);
  return one === null ? objects(object.Statement) : [one];
}

function parsed(policy: string): Json {
  try {
    return JSON.parse(policy) as Json;
  } catch {
    return null;
  }
}

function applies(statement: JsonObject, request: ServiceRequest): Answer {
  const isDeny = statement.Effect === "Deny";
  if (!matchesAction(statement, request.action) || !matchesResource(statement, request)) return "no";
  const principal = matchesPrincipal(statement);
  if (principal === "no") return "no";
  const conditions = Object.entries(asObject(statement.Condition) ?? {}).flatMap(([operator, tests]) =>
    Object.entries(asObject(tests) ?? {}).map(([key, values]) =>
      isDeny
        ? denialMeets(operator, key, texts(values), request)
        : grantMeets(operator, key, texts(values), request),
    ),
  );
  // Every condition must hold.
  if (conditions.includes("no")) return "no";
  return conditions.includes("unsure") ? "unsure" : principal;
}

function matchesPrincipal(statement: JsonObject): Answer {
  if (statement.NotPrincipal !== undefined) return "unsure";
  if (statement.Principal === "*") return "yes";
  const principal = asObject(statement.Principal) ?? {};
  const services = texts(principal.Service);
  const isMeant =
    texts(principal.AWS).includes("*") ||
    services.some((service) => service === "*" || /^cloudtrail\.amazonaws\.(com|com\.cn|eu)$/.test(service));
  return isMeant ? "yes" : "no";
}

function matchesAction(statement: JsonObject, action: string): boolean {
  const isAction = (pattern: string) => glob(pattern.toLowerCase(), action.toLowerCase());
  if (statement.NotAction !== undefined) return !texts(statement.NotAction).some(isAction);
  return texts(statement.Action).some(isAction);
}

function matchesResource(statement: JsonObject, { resource }: ServiceRequest): boolean {
  if (resource === null) return true;
  if (statement.NotResource !== undefined) {
    return !texts(statement.NotResource).some((pattern) => couldBe(pattern, resource));
  }
  return texts(statement.Resource).some((pattern) => couldBe(pattern, resource));
}

/** Whether a pattern could match something that begins like this. `s3:::logs` alone names the bucket, not its objects. */
function couldBe(pattern: string, beginning: string): boolean {
  const own = pattern.replace(/^arn:[^:]*:/, "");
  if (own === "*") return true;
  if (!beginning.endsWith("/")) return glob(own, beginning);
  const literal = /^[^*?]*/.exec(own)?.[0] ?? "";
  if (literal === own) return own.startsWith(beginning);
  return literal.startsWith(beginning) || beginning.startsWith(literal);
}

/** Conditions of a grant: those that name a trail or an account must name this one; CloudTrail sends the rest. */
function grantMeets(
  operator: string,
  key: string,
  values: readonly string[],
  request: ServiceRequest,
): Answer {
  const expected = expectedValue(key, request);
  if (expected === undefined) return "yes";
  if (expected === null) return "yes";
  return compare(operator, values, expected);
}

/** Conditions of a denial: it spares CloudTrail only where one of them certainly does not hold for CloudTrail. */
function denialMeets(
  operator: string,
  key: string,
  values: readonly string[],
  request: ServiceRequest,
): Answer {
  const name = key.toLowerCase();
  const isNegative = /Not/.test(operator);
  // CloudTrail is an AWS service, speaks TLS 1.2, and sends this ACL with each log file.
  if (name === "aws:securetransport") return isNegative !== values.includes("true") ? "yes" : "no";
  if (name === "aws:principalisawsservice") return isNegative !== values.includes("true") ? "yes" : "no";
  if (name === "s3:tlsversion") return "no";
  if (name === "s3:x-amz-acl")
    return values.includes("bucket-owner-full-control") === isNegative ? "no" : "yes";
  // A service principal has no ARN, account or organization of its own: a positive test of an absent key fails.
  if (name.startsWith("aws:principal") && !isNegative && operator !== "Null") return "no";
  const expected = expectedValue(key, request);
  if (expected === undefined || expected === null) return "unsure";
  return compare(operator, values, expected);
}

/** Undefined: we do not know this key. Null: we know it, and not its value for this trail. */
function expectedValue(key: string, { trailArn, account }: ServiceRequest): string | null | undefined {
  switch (key.toLowerCase()) {
    case "aws:sourcearn":
    case "kms:encryptioncontext:aws:cloudtrail:arn":
      return trailArn;
    case "aws:sourceaccount":
      return account;
    default:
      return undefined;
  }
}

function compare(operator: string, values: readonly string[], actual: string): Answer {
  const kind = operator.replace(/^ForAnyValue:|^ForAllValues:/, "").replace(/IfExists$/, "");
  const isPattern = /Like$/.test(kind) || /^Arn/.test(kind);
  if (!/^(String|Arn)(Not)?(Equals|Like)(IgnoreCase)?$/.test(kind)) return "unsure";
  // The value of a policy variable is not in the plan.
  if (values.some((value) => value.includes("${"))) return "unsure";
  const isSame = values.some((value) => (isPattern ? glob(value, actual) : value === actual));
  return isSame === /Not/.test(kind) ? "no" : "yes";
}

function glob(pattern: string, value: string): boolean {
  const parts = pattern.split(/([*?])/);
  const source = parts.map((part) =>
    part === "*" ? ".*" : part === "?" ? "." : part.replace(/[.+^${}()|[\]\\]/g, "\\$&"),
  );
  return new RegExp(`^${source.join("")}$`, "s").test(value);
}

/** The same statement, whatever the order of its members and lists. */
function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${list(value).map(canonical).sort().join()}]`;
  const object = asObject(value);
  if (object === null) return text(value) === null ? JSON.stringify(value) : `[${JSON.stringify(value)}]`;
  const members = Object.entries(object).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${name}:${canonical(member)}`).join()}}`;
}
