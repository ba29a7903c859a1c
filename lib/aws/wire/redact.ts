const hidden = "[redacted]";

const secretKeys =
  /^(secret_?access_?key|session_?token|security_?token|credentials|password|authorization)$/i;

/** Key ids, session tokens and 40-character secrets that stand beside them, wherever they appear in a text. */
const secretShapes = [
  /\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\b/g,
  /\b(?:FwoG|IQoJ|FQoG)[A-Za-z0-9+/=_-]{40,}/g,
  /(?<=(?:secret|token|signature)["'\s:=]{1,4})[A-Za-z0-9+/=]{40,}/gi,
];

/** Removes what looks like an AWS credential from a text; everything else stays as it was. */
export function redactText(text: string): string {
  return secretShapes.reduce((clean, shape) => clean.replace(shape, hidden), text);
}

/**
 * A JSON-ready copy of an AWS answer without credentials (by key and by shape) and without SDK metadata.
 * Dates become ISO 8601 in UTC.
 */
export function redact(value: unknown): unknown {
  if (typeof value === "string") return redactText(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== "object" || value === null) return typeof value === "bigint" ? `${value}` : value;
  const clean: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (key === "$metadata" || item === undefined || typeof item === "function") continue;
    clean[key] = secretKeys.test(key) ? hidden : redact(item);
  }
  return clean;
}
