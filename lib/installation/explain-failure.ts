import { isUnavailable } from "@/lib/db/unavailable";

/** Errors whose message was written for the operator. */
const sentences = new Set(["Refusal", "DatabaseUnreachable", "UnsupportedVersion"]);

/** What to do about an error that PostgreSQL reported, by its SQLSTATE. */
const remedies: Readonly<Record<string, string>> = {
  "42501": "The roles and the database are created by a superuser: name one in DATABASE_ADMIN_URL.",
  "53100":
    "Its disk is full. Free space on the volume of PostgreSQL and run this step again; nothing of an interrupted migration is kept.",
  "53200": "The server has no memory left. Give it more, and run this step again.",
  "25006": "The server takes no writes. Name the primary server, not a standby, and run this step again.",
  "57P01": "Run this step again once the server is back; nothing of an interrupted migration is kept.",
};

/** What the migrate step prints when it fails: a sentence where there is one, and where the fault is in our code its stack. */
export function explainFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const remedy = remedies[sqlState(error) ?? ""];
  if (sentences.has(error.name)) {
    // A connection's sentence says already what to do.
    const isWhole = remedy === undefined || error.name === "DatabaseUnreachable";
    return isWhole ? error.message : `${withStop(error.message)} ${remedy}`;
  }
  if (sqlState(error) !== null) {
    const advice = remedy ?? "Nothing of an interrupted migration is kept; the log of PostgreSQL says more.";
    return `PostgreSQL refused a statement: ${withStop(`${error.message} (SQLSTATE ${sqlState(error)})`)} ${advice}`;
  }
  if (isUnavailable(error)) {
    return `The connection to PostgreSQL broke: ${withStop(error.message)} Run this step again once the server is back; nothing of an interrupted migration is kept.`;
  }
  return error.stack ?? error.message;
}

/** Of the error or of what caused it. A connection's own errors carry the code of the operating system instead. */
function sqlState(error: Error): string | null {
  const { code, severity } = error as { code?: unknown; severity?: unknown };
  if (typeof code === "string" && severity !== undefined) return code;
  return error.cause instanceof Error ? sqlState(error.cause) : null;
}

function withStop(text: string): string {
  return text.endsWith(".") ? text : `${text}.`;
}
