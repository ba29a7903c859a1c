/** A connection that could not be opened. The message is for the operator and holds no password. */
export class DatabaseUnreachable extends Error {
  /** SQLSTATE, or the code of the operating system; empty when there is none. */
  readonly code: string;

  constructor(connectionString: string, cause: unknown) {
    const code = codeOf(cause);
    super(sentence(placeOf(connectionString), code, messageOf(cause)), { cause });
    this.name = "DatabaseUnreachable";
    this.code = code;
  }

  /** Whether the server may be starting: asking again after a moment makes sense. */
  get passes(): boolean {
    return passing.has(this.code);
  }
}

const passing = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  // A name that a container's resolver learns a moment later.
  "ENOTFOUND",
  "EAI_AGAIN",
  // "the database system is starting up"
  "57P03",
]);

interface Place {
  readonly server: string;
  readonly role: string;
  readonly database: string;
}

function placeOf(connectionString: string): Place {
  try {
    const url = new URL(connectionString);
    return {
      server: `${url.hostname}:${url.port || "5432"}`,
      role: decodeURIComponent(url.username),
      database: decodeURIComponent(url.pathname.slice(1)),
    };
  } catch {
    return { server: "an address that is not a URL", role: "", database: "" };
  }
}

function sentence({ server, role, database }: Place, code: string, message: string): string {
  const reason = message.replace(/\.$/, "");
  switch (code) {
    case "28P01":
    case "28000":
      return `PostgreSQL at ${server} does not let ${role} in: ${reason}. Correct the user name or the password in the address.`;
    case "3D000":
      return `PostgreSQL at ${server} has no database "${database}". Run the migrate step with DATABASE_ADMIN_URL, which creates it.`;
    case "42501":
      return `PostgreSQL at ${server} does not let ${role} into the database "${database}": ${reason}. Run the migrate step with DATABASE_ADMIN_URL, which grants it.`;
    case "53300":
      return `PostgreSQL at ${server} has no connection left: ${reason}. Raise max_connections there, or lower POSTURIO_DATABASE_POOL and the number of processes.`;
    case "57P03":
      return `PostgreSQL at ${server} is not ready: ${reason}. Try again once it has started.`;
    default:
      return `PostgreSQL does not answer at ${server} (${code || reason}). Check that it runs and that the address is right.`;
  }
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  if (typeof code === "string") return code;
  // The driver gives these two no code.
  const message = messageOf(error);
  if (/^timeout expired/.test(message)) return "ETIMEDOUT";
  return /^Connection terminated/.test(message) ? "ECONNRESET" : "";
}

/** Node joins the failures of several addresses of one name into an error without a message. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return messageOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
