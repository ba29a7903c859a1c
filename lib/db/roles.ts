import { Client, escapeIdentifier, escapeLiteral } from "pg";

export const ownerRole = "posturio_owner";
export const appRole = "posturio_app";

/** Any number that nobody else uses in the administrator's database; the session's end lets go of it. */
const rolesLock = 7_026_112_220;

/** The real limits: Prisma notices an expired transaction only when it commits. */
const appSettings = {
  statement_timeout: "15s",
  idle_in_transaction_session_timeout: "20s",
  lock_timeout: "5s",
};

type Target = { role: string; password: string; database: string };

function targetOf(url: string, expectedRole: string): Target {
  const parsed = new URL(url);
  const role = decodeURIComponent(parsed.username);
  if (role !== expectedRole) {
    throw new Error(`The database URL names the role "${role}", expected "${expectedRole}"`);
  }
  return {
    role,
    password: decodeURIComponent(parsed.password),
    database: decodeURIComponent(parsed.pathname.slice(1)),
  };
}

export async function withClient<T>(
  connectionString: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString });
  // Without a listener a connection that breaks while idle would end the process.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Makes the two roles and the database, as a superuser; may run again at every start. `posturio_owner` migrates and
 * owns; `posturio_app` runs the product, owns nothing and cannot get round row-level security.
 */
export async function ensureRoles(input: {
  adminUrl: string;
  ownerUrl: string;
  appUrl: string;
}): Promise<void> {
  const owner = targetOf(input.ownerUrl, ownerRole);
  const app = targetOf(input.appUrl, appRole);
  if (owner.database !== app.database) {
    throw new Error("The owner's and the product's database URL name different databases");
  }
  await withClient(input.adminUrl, async (client) => {
    // Two starts at once: PostgreSQL refuses to alter one role from two sessions ("tuple concurrently updated").
    await client.query("SELECT pg_advisory_lock($1)", [rolesLock]);
    await ensureRole(client, owner);
    await ensureRole(client, app);
    for (const [name, value] of Object.entries(appSettings)) {
      await client.query(`ALTER ROLE ${escapeIdentifier(app.role)} SET ${name} = ${escapeLiteral(value)}`);
    }
    const database = escapeIdentifier(owner.database);
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [owner.database]);
    if (found.rowCount === 0) {
      await client.query(`CREATE DATABASE ${database} OWNER ${escapeIdentifier(owner.role)}`);
    }
    await client.query(`ALTER DATABASE ${database} OWNER TO ${escapeIdentifier(owner.role)}`);
    await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${database} TO ${escapeIdentifier(app.role)}`);
  });
}

async function ensureRole(client: Client, { role, password }: Target): Promise<void> {
  const name = escapeIdentifier(role);
  const found = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [role]);
  if (found.rowCount === 0) {
    await client.query(`CREATE ROLE ${name}`);
  }
  const attributes = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION NOINHERIT";
  await client.query(`ALTER ROLE ${name} WITH ${attributes} PASSWORD ${escapeLiteral(password)}`);
}
