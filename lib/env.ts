import { z } from "zod";

type Variable<S extends z.ZodType> = {
  schema: S;
  /** A sentence for docs/operations.md. */
  description: string;
  /** The product does not start in production without it. */
  requiredInProduction?: true;
  /** Read by the migrate step alone; web and worker must not have it. */
  migrateOnly?: true;
};

function variable<S extends z.ZodType>(
  schema: S,
  description: string,
  rest: Omit<Variable<S>, "schema" | "description"> = {},
): Variable<S> {
  return { schema, description, ...rest };
}

const switchedOn = z
  .enum(["0", "1"])
  .default("0")
  .transform((value) => value === "1");
const whole = (least: number, preset: number) => z.coerce.number().int().min(least).default(preset);
const principal = (partition: string) =>
  z
    .string()
    .regex(new RegExp(`^arn:${partition}:(iam|sts)::\\d{12}:(root|(role|user|assumed-role)/.+)$`))
    .optional();
/** Patterns of IAM for roles, path and name, with spaces between them. */
const roleArnPatterns = z
  .string()
  .regex(
    /^role(\/[\w+=,.@*-]+)+( +role(\/[\w+=,.@*-]+)+)*$/,
    "must be patterns such as role/Posturio*, with spaces between them",
  )
  .default("role/Posturio* role/*/Posturio*")
  .transform((text) => text.split(/ +/));
/** When somebody looks again, in seconds since it began: "300,480". */
const looks = z
  .string()
  .regex(/^ *\d{1,6} *(, *\d{1,6} *){0,19}$/, "must be 1 to 20 numbers of seconds, with commas between them")
  .default("300,480,720,960,1200,1800,2700,3600")
  .transform((text) => text.split(",").map(Number))
  .refine(
    (seconds) => seconds.every((one, index) => one > (seconds[index - 1] ?? 0)),
    "must ascend, from 1 second on",
  );
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, "must begin with postgresql://");

/** Works without configuration on a developer's machine and is refused in production. */
const developmentSecret = "for-development-only-never-in-production";

const variables = {
  NODE_ENV: variable(
    z.enum(["development", "test", "production"]).default("development"),
    "`production` for everything that serves people: secrets must then be configured.",
  ),
  DATABASE_URL: variable(
    postgresUrl.or(z.literal("")).default(""),
    "PostgreSQL as the role `posturio_app`. Without it `npm start` starts an embedded one.",
    { requiredInProduction: true },
  ),
  DATABASE_AUTH_URL: variable(
    postgresUrl.or(z.literal("")).default(""),
    "The same database as the role `posturio_auth`, for web and worker: people, sessions, memberships, invites, tokens.",
    { requiredInProduction: true },
  ),
  DATABASE_KEEPER_URL: variable(
    postgresUrl.optional(),
    "The same database as the role `posturio_keeper`, for the worker: prepares months of history, drops old ones, erases organizations.",
  ),
  DATABASE_OWNER_URL: variable(
    postgresUrl.optional(),
    "The same database as the role `posturio_owner`, which owns the tables.",
    { migrateOnly: true },
  ),
  DATABASE_ADMIN_URL: variable(
    postgresUrl.optional(),
    "A superuser of the same server. When given, the migrate step creates the roles and the database.",
    { migrateOnly: true },
  ),
  POSTURIO_DATABASE_POOL: variable(
    whole(2, 10),
    "Maximum number of PostgreSQL connections per process, excluding the queue's; as `posturio_auth` up to half as many more.",
  ),
  REDIS_URL: variable(
    z
      .string()
      .regex(/^rediss?:\/\//, "must begin with redis:// or rediss://")
      .optional(),
    "Redis for the queue. Without it the queue is in PostgreSQL.",
  ),
  NEXTAUTH_SECRET: variable(
    z.string().min(32, "must be at least 32 characters").default(developmentSecret),
    "Signs and encrypts session cookies. At least 32 random characters; changing it signs everyone out.",
    { requiredInProduction: true },
  ),
  POSTURIO_URL: variable(
    z
      .url({ protocol: /^https?$/ })
      .default("http://localhost:3000")
      .transform((url) => new URL(url).origin),
    "Public origin of the installation, as people type it. Over https, cookies are `__Host-` cookies.",
    { requiredInProduction: true },
  ),
  NEXTAUTH_URL: variable(
    z.url({ protocol: /^https?$/ }).optional(),
    "The same address as POSTURIO_URL, for the web process: the sign-in library reads it under this name.",
  ),
  PORT: variable(
    z.coerce.number().int().min(0).max(65_535).default(3000),
    "Port on which the web process listens.",
  ),
  HOSTNAME: variable(
    z.string().optional(),
    "Address on which the web process listens: `127.0.0.1` behind a proxy on the same machine, `0.0.0.0` for all.",
  ),
  POSTURIO_SIGNUP: variable(
    z.enum(["open", "invite"]).optional(),
    "`open`: anyone may sign up. `invite`: only with an invitation or through `posturio admin`. Without it: `open` in the demo, else `invite`.",
  ),
  TRUSTED_PROXIES: variable(
    whole(0, 0),
    "Number of reverse proxies in front. That many entries of X-Forwarded-For, from the right, are trusted.",
  ),
  POSTURIO_PRINCIPAL_ARN_AWS: variable(
    principal("aws"),
    "Who assumes customers' roles in the partition aws. Without it that partition is not configured.",
  ),
  POSTURIO_PRINCIPAL_ARN_AWS_US_GOV: variable(
    principal("aws-us-gov"),
    "The same for AWS GovCloud (US), with an identity of that partition.",
  ),
  POSTURIO_PRINCIPAL_ARN_AWS_CN: variable(
    principal("aws-cn"),
    "The same for AWS China, with an identity of that partition.",
  ),
  POSTURIO_PRINCIPAL_ARN_AWS_EUSC: variable(
    principal("aws-eusc"),
    "The same for the AWS European Sovereign Cloud, with an identity of that partition.",
  ),
  POSTURIO_ROLE_PATTERN: variable(
    roleArnPatterns,
    "Roles that the identity may assume, as its policy says: patterns with spaces between them. `role/*` allows any. Connect refuses other roles.",
  ),
  POSTURIO_TEMPLATE_BUCKET_URL: variable(
    z.url({ protocol: /^https$/ }).optional(),
    "S3 address under which `posturio-role.yaml` is published; makes the quick-create link appear.",
  ),
  POSTURIO_AWS_ENDPOINT: variable(
    z.url({ protocol: /^https?$/ }).optional(),
    "For the worker: sends every AWS call to one address instead of AWS, the demo's sandbox or your own gateway. In production https, or on this machine.",
  ),
  POSTURIO_ALLOW_AWS_ENDPOINT: variable(
    switchedOn,
    "`1`: in production `POSTURIO_AWS_ENDPOINT` may be plain http to another machine, where credentials travel in the open.",
  ),
  POSTURIO_DEMO: variable(
    switchedOn,
    "`1`: every page says that this is a demo installation. Set by `npm start`.",
  ),
  POSTURIO_WEB_PROCESSES: variable(
    z.coerce.number().int().min(1).max(99).optional(),
    "Web processes that share the port. Without it one for each core, at most 4: each has database connections and up to 256 MB of heap of its own.",
  ),
  POSTURIO_WORKER_CONCURRENCY: variable(whole(1, 24), "Work items that one worker runs at the same time."),
  POSTURIO_LEASE_SECONDS: variable(
    whole(5, 20),
    "Seconds without a heartbeat before a worker's scan is given to another worker.",
  ),
  POSTURIO_RECONCILE_SECONDS: variable(
    whole(1, 5),
    "How often a worker looks for due, lost and overdue work.",
  ),
  POSTURIO_SCAN_DEADLINE_SECONDS: variable(
    whole(10, 120),
    "Seconds after which a scan that is still running ends with what it has read.",
  ),
  POSTURIO_VERIFICATION_LOOKS: variable(
    looks,
    "When a verification looks whether its own calls were delivered: seconds after they were made, with commas between them, ascending, at most 20.",
  ),
  POSTURIO_VERIFICATION_GIVE_UP: variable(
    whole(1, 3600),
    "Seconds after its calls when a verification gives up for now. Looks that would come later are left out.",
  ),
  POSTURIO_ALIVE_FILE: variable(
    z.string().optional(),
    "A file that the worker touches every 5 s while its loops turn, for a health check: one that is 30 s old belongs to a hung worker.",
  ),
  POSTURIO_RETENTION_RAW_MONTHS: variable(
    whole(1, 13),
    "Months for which facts, AWS calls and answers are kept. At least 1.",
  ),
  POSTURIO_RETENTION_HISTORY_YEARS: variable(
    whole(1, 7),
    "Years for which scans, evaluations, the history of findings and the audit log are kept. At least 1.",
  ),
  LOG_LEVEL: variable(
    z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
    "Least severe level that is logged. Logs are JSON lines on standard output.",
  ),
} as const;

type Variables = typeof variables;
export type Env = { readonly [K in keyof Variables]: z.output<Variables[K]["schema"]> };

/** Names what is wrong and never a value: this text ends up in logs. */
export class EnvironmentError extends Error {
  constructor(problems: readonly string[]) {
    super(`The environment is not usable:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
    this.name = "EnvironmentError";
  }
}

/** Reads and checks the given variables; an empty one counts as absent. Throws EnvironmentError naming every fault. */
export function parseEnvironment(source: Readonly<Record<string, string | undefined>>): Env {
  const production = source.NODE_ENV === "production";
  // `next build` evaluates modules with NODE_ENV=production and has no installation's secrets.
  const building = source.NEXT_PHASE === "phase-production-build";
  const problems: string[] = [];
  const parsed: Record<string, unknown> = {};
  for (const [name, { schema, requiredInProduction }] of entries()) {
    const value = source[name] === "" ? undefined : source[name];
    if (production && !building && requiredInProduction && value === undefined) {
      problems.push(`${name} is not set`);
      continue;
    }
    const result = schema.safeParse(value);
    if (!result.success) {
      problems.push(`${name}: ${result.error.issues.map((issue) => issue.message).join(", ")}`);
    } else if (production && !building && result.data === developmentSecret) {
      problems.push(`${name} is the development secret`);
    } else {
      parsed[name] = result.data;
    }
  }
  if (production && !building && carriesTokensInTheOpen(parsed)) {
    problems.push(
      "POSTURIO_AWS_ENDPOINT: plain http to another machine shows session tokens to everybody on the way. Use https, or set POSTURIO_ALLOW_AWS_ENDPOINT=1",
    );
  }
  if (problems.length > 0) {
    throw new EnvironmentError(problems);
  }
  return parsed as Env;
}

/** Requests to AWS carry the session tokens of customers' roles. */
function carriesTokensInTheOpen({
  POSTURIO_AWS_ENDPOINT: endpoint,
  POSTURIO_ALLOW_AWS_ENDPOINT: isAllowed,
}: Record<string, unknown>): boolean {
  if (typeof endpoint !== "string" || isAllowed === true) return false;
  const { protocol, hostname } = new URL(endpoint);
  return protocol === "http:" && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

function entries(): [string, Variable<z.ZodType>][] {
  return Object.entries(variables as Record<string, Variable<z.ZodType>>);
}

let parsed: Env | undefined;

/** The environment, read and checked at the first use of any variable. */
export const env: Env = new Proxy({} as Env, {
  get(_target, name) {
    parsed ??= parseEnvironment(process.env);
    return parsed[name as keyof Env];
  },
});

export type EnvironmentRow = {
  name: string;
  description: string;
  default: string | null;
  required: "in production" | "migrate step" | "no";
};

/** The variables of an installation, for the table in docs/operations.md. */
export function environmentTable(): EnvironmentRow[] {
  return entries().map(([name, { schema, description, requiredInProduction, migrateOnly }]) => {
    const preset = schema.safeParse(undefined);
    const value = preset.success ? preset.data : undefined;
    const text = Array.isArray(value) ? value.join(typeof value[0] === "number" ? "," : " ") : String(value);
    const shown = requiredInProduction || value === undefined || value === "" ? null : text;
    return {
      name,
      description,
      default: typeof value === "boolean" ? (value ? "1" : "0") : shown,
      required: requiredInProduction ? "in production" : migrateOnly ? "migrate step" : "no",
    };
  });
}
