import { type Client, escapeIdentifier, escapeLiteral } from "pg";
import { databaseLimits } from "@/lib/db/limits";
import { assertServerVersion } from "@/lib/db/server-version";
import { withClient } from "@/lib/db/with-client";
import { Refusal } from "./refusal";

export const ownerRole = "posturio_owner";
export const appRole = "posturio_app";
export const authRole = "posturio_auth";
export const keeperRole = "posturio_keeper";

/** Any number that nobody else uses in the administrator's database; the session's end lets go of it. */
const rolesLock = 7_026_112_220;

type Target = { role: string; password: string; database: string };

function targetOf(url: string, expectedRole: string): Target {
  if (!URL.canParse(url)) {
    throw new Refusal(
      `The address of the database as ${expectedRole} is not a URL. Example: postgresql://${expectedRole}:password@localhost:5432/posturio`,
    );
  }
  const parsed = new URL(url);
  const role = decodeURIComponent(parsed.username);
  if (role !== expectedRole) {
    throw new Refusal(`The database URL names the role "${role}", expected "${expectedRole}"`);
  }
  return {
    role,
    password: decodeURIComponent(parsed.password),
    database: decodeURIComponent(parsed.pathname.slice(1)),
  };
}

export interface RoleUrls {
  readonly adminUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** Absent: the role is made and cannot sign in, and neither can anybody else. */
  readonly authUrl?: string | undefined;
  /** Absent: the role is made and cannot sign in, so that old months stay and no organization is erased. */
  readonly keeperUrl?: string | undefined;
  /** The roles alone, for a server into which a backup is restored: it brings the database itself. */
  readonly rolesOnly?: boolean | undefined;
}

/**
 * Makes the roles and the database, as a superuser; may run again at every start. `posturio_owner` migrates and owns;
 * `posturio_app` runs the product, owns nothing and cannot get round row-level security; `posturio_auth` reads and
 * writes identity, and no tenant's data; `posturio_keeper` owns the history and nothing else, and the owner acts as the
 * keeper only by saying so.
 */
export async function ensureRoles(urls: RoleUrls): Promise<void> {
  const owner = targetOf(urls.ownerUrl, ownerRole);
  const app = targetOf(urls.appUrl, appRole);
  const auth = urls.authUrl === undefined ? null : targetOf(urls.authUrl, authRole);
  const keeper = urls.keeperUrl === undefined ? null : targetOf(urls.keeperUrl, keeperRole);
  if ([app, auth, keeper].some((target) => target !== null && target.database !== owner.database)) {
    throw new Refusal("The database URLs of the product's roles name different databases");
  }
  await withClient(urls.adminUrl, async (client) => {
    await assertServerVersion(client);
    // Two starts at once: PostgreSQL refuses to alter one role from two sessions ("tuple concurrently updated").
    await client.query("SELECT pg_advisory_lock($1)", [rolesLock]);
    const nobody = (role: string) => ({ role, password: null });
    for (const target of [owner, app, auth ?? nobody(authRole), keeper ?? nobody(keeperRole)]) {
      await ensureRole(client, target);
    }
    await letOwnerActAsKeeper(client);
    for (const role of [appRole, authRole]) {
      for (const [name, value] of Object.entries(databaseLimits)) {
        await client.query(`ALTER ROLE ${role} SET ${name} = ${escapeLiteral(value)}`);
      }
    }
    if (urls.rolesOnly) return;
    const database = escapeIdentifier(owner.database);
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [owner.database]);
    if (found.rowCount === 0) {
      await client.query(`CREATE DATABASE ${database} OWNER ${escapeIdentifier(owner.role)}`);
    }
    await client.query(`ALTER DATABASE ${database} OWNER TO ${escapeIdentifier(owner.role)}`);
    await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${database} TO ${appRole}, ${authRole}, ${keeperRole}`);
  });
  if (urls.rolesOnly) return;
  const there = new URL(urls.adminUrl);
  there.pathname = `/${encodeURIComponent(owner.database)}`;
  await withClient(there.href, async (client) => {
    // PostgreSQL 15 gives an owner that does not inherit no rights on the schema public by itself.
    await client.query(`GRANT USAGE, CREATE ON SCHEMA public TO ${ownerRole}, ${keeperRole}`);
    // Large objects belong to no organization and no policy binds them: the product has none, and creates none.
    await client.query(
      "REVOKE EXECUTE ON FUNCTION lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) FROM PUBLIC",
    );
  });
}

async function ensureRole(
  client: Client,
  { role, password }: { role: string; password: string | null },
): Promise<void> {
  const name = escapeIdentifier(role);
  const found = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [role]);
  if (found.rowCount === 0) {
    await client.query(`CREATE ROLE ${name}`);
  }
  const attributes = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION NOINHERIT";
  const secret = password === null ? "" : ` PASSWORD ${escapeLiteral(password)}`;
  await client.query(`ALTER ROLE ${name} WITH ${attributes}${secret}`);
}

/** SET ROLE, and nothing without it. PostgreSQL 16 says so with the grant, 15 by the owner's NOINHERIT. */
async function letOwnerActAsKeeper(client: Client): Promise<void> {
  const { rows } = await client.query("SELECT current_setting('server_version_num')::int >= 160000 AS says");
  const options = rows[0]?.says ? " WITH INHERIT FALSE, SET TRUE" : "";
  await client.query(`GRANT ${keeperRole} TO ${ownerRole}${options}`);
}
