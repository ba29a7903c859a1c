const removed = "[redacted]";

/** Keys whose values are never logged, whatever they look like. Compared without case, dashes and underscores. */
const secretKeys =
  /^(.*password|passwd|.*secret|.*secretaccesskey|.*sessiontoken|.*token|passwordhash|tokenhash|authorization|proxyauthorization|cookie|setcookie|.*credentials?|sid|sidhash|externalid|apikey|privatekey|databaseurl|redisurl|connectionstring)$/;

/** Names under which AWS hands out credentials. Narrower: a page mark of AWS (`NextToken`) is part of its answer. */
const credentialKeys =
  /^(secret_?access_?key|session_?token|security_?token|credentials|password|authorization)$/i;

type Shape = readonly [RegExp, string];

/** Values that are secrets without doubt, anywhere: in a message, a stack, a URL, an answer. */
const certainShapes: readonly Shape[] = [
  // Ids of keys (AKIA, ASIA), and of the roles and users that they belong to.
  [/\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\b/g, removed],
  [/\bpst_[a-z]+_[A-Za-z0-9_-]{8,}/g, removed],
  // JWT and JWE: cookies of next-auth, OIDC tokens.
  [/\beyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){2,4}/g, removed],
  // Session tokens of STS.
  [/\b(?:FwoG|IQoJ|FQoG|AQoD)[A-Za-z0-9/+=_-]{20,}/g, removed],
  // Whatever is called a secret beside its value.
  [/(?<=(?:secret|token|signature)["'\s:=]{1,4})[A-Za-z0-9+/=]{40,}/gi, removed],
  [/\$argon2[a-z]*\$[^\s"']+/g, removed],
  // Password in a URL: postgresql://user:password@host.
  [/(:\/\/[^\s/:@"]*:)[^\s/@"]+@/g, `$1${removed}@`],
  // Links that carry the right to join or to set a password.
  [/(\/(?:invite|reset)\/)[A-Za-z0-9_-]{16,}/g, `$1${removed}`],
];

/** Values that may be secrets. A log loses nothing by one too many; an answer of AWS would lose evidence. */
const likelyShapes: readonly Shape[] = [
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${removed}`],
  // Secret access keys: 40 characters of base64 with capitals, small letters and digits. Hashes in hex have no capitals.
  [
    /(?<![A-Za-z0-9/+=])(?=[a-z0-9/+]*[A-Z])(?=[A-Z0-9/+]*[a-z])(?=[A-Za-z/+]*[0-9])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g,
    removed,
  ],
  // Any other long run of base64 is a token of someone.
  [/(?<![A-Za-z0-9/+_-])(?=[a-z0-9/+_-]*[A-Z])[A-Za-z0-9/+_-]{120,}={0,2}/g, removed],
];

const without = (text: string, shapes: readonly Shape[]) =>
  shapes.reduce((clean, [shape, replacement]) => clean.replace(shape, replacement), text);

/** The text with everything that looks like a secret taken out: for logs. */
export function redactText(text: string): string {
  return without(without(text, certainShapes), likelyShapes);
}

/**
 * What AWS answered, JSON-ready and without credentials (by key and by shape) and SDK metadata; all else stays as it
 * was, because it is evidence. Dates become ISO 8601 in UTC.
 */
export function redactAnswer(value: string): string;
export function redactAnswer(value: unknown): unknown;
export function redactAnswer(value: unknown): unknown {
  if (typeof value === "string") return without(value, certainShapes);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) return value.map((item) => redactAnswer(item));
  if (typeof value !== "object" || value === null) return typeof value === "bigint" ? `${value}` : value;
  const clean: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (key === "$metadata" || item === undefined || typeof item === "function") continue;
    clean[key] = credentialKeys.test(key) ? removed : redactAnswer(item);
  }
  return clean;
}

/** A copy for logging: values under secret keys removed, errors opened, cycles and depths beyond 8 cut. */
export function redactKeys(value: unknown, depth = 0, above: readonly unknown[] = []): unknown {
  if (typeof value !== "object" || value === null || value instanceof Date) {
    return typeof value === "bigint" ? String(value) : value;
  }
  if (depth > 8 || above.includes(value)) {
    return "[…]";
  }
  const path = [...above, value];
  if (Array.isArray(value)) {
    return value.map((item) => redactKeys(item, depth + 1, path));
  }
  const result: Record<string, unknown> = {};
  if (value instanceof Error) {
    result.type = value.name;
    result.message = value.message;
    result.stack = value.stack;
    if (value.cause !== undefined) {
      result.cause = redactKeys(value.cause, depth + 1, path);
    }
  }
  for (const [key, item] of Object.entries(value)) {
    const plain = key.toLowerCase().replace(/[-_]/g, "");
    result[key] = secretKeys.test(plain) ? removed : redactKeys(item, depth + 1, path);
  }
  return result;
}
