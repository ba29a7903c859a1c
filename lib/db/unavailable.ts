/** SQLSTATE classes of a database that is away or overloaded: connection, resources, operator, lock, serialization. */
const passingStates = /^(08|53|57|58|40)|^55P03$/;

/** Prisma's own codes for no connection, no free connection, no time. */
const passingCodes = new Set([
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  "P2028",
  "P2034",
  "P2037",
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
]);

/** Kinds of Prisma's driver adapter, and errors of the queue's client, that have no code. */
const passingNames = new Set([
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TooManyConnections",
  "TransactionWriteConflict",
  "TransactionAlreadyClosed",
  "MaxRetriesPerRequestError",
]);

const passingTexts =
  /Connection terminated|Connection is closed|timeout exceeded when trying to connect|Can't reach database server|Server has closed the connection|OOM command not allowed/;

/**
 * Whether an error means that our own database or queue is away, overloaded or locked rather than that the work went
 * wrong: it passes without our doing, so it spends no try, and clients are asked to come back.
 */
export function isUnavailable(error: unknown): boolean {
  return causes(error).some(
    ({ code, name, message }) =>
      passingCodes.has(code) ||
      (/^[0-9A-Z]{5}$/.test(code) && passingStates.test(code)) ||
      passingNames.has(name) ||
      passingTexts.test(message),
  );
}

interface Cause {
  readonly code: string;
  readonly name: string;
  readonly message: string;
}

/** The error, what caused it, and what Prisma hides in `meta`, each once. */
function causes(error: unknown, depth = 0): Cause[] {
  if (typeof error !== "object" || error === null || depth > 6) return [];
  const { code, originalCode, name, kind, message, cause, meta, driverAdapterError } = error as Record<
    string,
    unknown
  >;
  const own = [code, originalCode].filter((value) => typeof value === "string");
  return [
    ...(own.length === 0 ? [""] : own).map((value) => ({
      code: value as string,
      name: typeof kind === "string" ? kind : String(name ?? ""),
      message: typeof message === "string" ? message : "",
    })),
    ...causes(cause, depth + 1),
    ...causes(meta, depth + 1),
    ...causes(driverAdapterError, depth + 1),
  ];
}
