/** Who reads the account: the role that is assumed, or the identity of the command line. */
export interface Scanner {
  readonly kind: "role" | "user";
  readonly name: string;
  /** Between type and name in its ARN, with its slash at the end; empty when there is none, or it is not known. */
  readonly path: string;
}

/** The role or user of an ARN; null for the root user, a federated one, and whatever is no identity. */
export function scannerOf(arn: string): Scanner | null {
  const [, service, type, path = ""] =
    /^arn:[a-z-]+:(iam|sts)::\d{12}:(role|user|assumed-role)\/([\w+=,.@/-]+)$/.exec(arn) ?? [];
  if (service === undefined) return null;
  // A session's ARN has the role's name without its path, and then the name of the session.
  const whole = type === "assumed-role" ? (path.split("/")[0] ?? "") : path;
  const start = whole.lastIndexOf("/") + 1;
  const name = whole.slice(start);
  if (!/^[\w+=,.@-]{1,64}$/.test(name)) return null;
  return { kind: type === "user" ? "user" : "role", name, path: whole.slice(0, start) };
}
