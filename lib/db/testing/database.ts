import pg from "pg";
import { identityPrisma, prisma } from "@/lib/db/client";
import type { Role } from "@/lib/tenancy/permissions";
import { tenantForUser } from "@/lib/tenancy/require-tenant";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { tenantFromJob } from "@/lib/tenancy/tenant-from-job";
import { onDatabase } from "./on-database";

export type TestDatabase = {
  /** DATABASE_URL of this file: role posturio_app. */
  readonly appUrl: string;
  /** Role posturio_auth, which knows who may enter. */
  readonly authUrl: string;
  /** Role posturio_keeper, which owns the history. */
  readonly keeperUrl: string;
  /** Role posturio_owner: row-level security binds it too. */
  readonly ownerUrl: string;
  /** Superuser on this file's database: sees past row-level security. */
  readonly superuserUrl: string;
  /** Superuser where roles and databases are made: who makes them waits there for the other test files. */
  readonly adminUrl: string;
  /** The product's client, as posturio_app. */
  readonly prisma: typeof prisma;
  /** The product's client for identity, as posturio_auth. */
  readonly identity: typeof identityPrisma;
  /** A new organization with one member; the context is that member's (an admin unless told otherwise). */
  makeOrganization(name: string, member?: { role?: Role; canApprove?: boolean }): Promise<TenantContext>;
  /** Adds another person to the organization and answers that person's context. */
  makeMember(organization: TenantContext, role: Role, canApprove?: boolean): Promise<TenantContext>;
  /** The worker's context for the same organization. */
  systemContext(organization: TenantContext): Promise<TenantContext>;
  /** Any SQL, past row-level security, for arranging and inspecting. */
  sql<Row extends object = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
};

/** The person whose context it is. Throws for a token's or the worker's. */
export function userIdOf({ principal }: TenantContext): string {
  if (principal.type !== "user") throw new Error("The context is no person's.");
  return principal.userId;
}

let people = 0;

/** The database of this test file: migrated, empty, its own. Everything in it goes when the file is done. */
export function testDatabase(): TestDatabase {
  const superuserUrl = required("DATABASE_ADMIN_URL");
  return {
    appUrl: required("DATABASE_URL"),
    ownerUrl: required("DATABASE_OWNER_URL"),
    authUrl: required("DATABASE_AUTH_URL"),
    keeperUrl: required("DATABASE_KEEPER_URL"),
    superuserUrl,
    adminUrl: onDatabase(superuserUrl, "postgres"),
    prisma,
    identity: identityPrisma,
    async makeOrganization(name, member = {}) {
      const slug = `${name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}-${++people}`;
      const { id } = await identityPrisma.organization.create({ data: { name, slug }, select: { id: true } });
      return addPerson(id, slug, member.role ?? "admin", member.canApprove ?? true);
    },
    makeMember: (organization, role, canApprove = false) =>
      addPerson(organization.tenantId, organization.slug, role, canApprove),
    systemContext: ({ tenantId }) => tenantFromJob({ tenantId }),
    async sql(text, values) {
      // To connect takes ten times as long as what most tests ask.
      superuser ??= connections(superuserUrl);
      return (await superuser.query(text, values)).rows as never;
    },
  };
}

let superuser: pg.Pool | undefined;

function connections(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, idleTimeoutMillis: 0 });
  // Some tests end every connection of their database.
  pool.on("error", () => undefined);
  return pool;
}

/** Closes what `sql` keeps open. */
export async function endSql(): Promise<void> {
  await superuser?.end();
  superuser = undefined;
}

async function addPerson(tenantId: string, slug: string, role: Role, canApprove: boolean) {
  const number = ++people;
  const user = await identityPrisma.user.create({
    data: { email: `person-${number}@example.test`, name: `Person ${number}`, passwordHash: "none" },
    select: { id: true },
  });
  await identityPrisma.membership.create({
    data: { tenantId, userId: user.id, role, canApprove },
    select: { role: true },
  });
  return tenantForUser(user.id, slug, "organization.view");
}

function required(name: string): string {
  const value = process.env[name];
  // A suite that would run on a database of somebody must not start.
  if (value === undefined || !new URL(value).pathname.endsWith("_test")) {
    throw new Error(`${name} does not name a test database: run this file as *.db.test.ts`);
  }
  return value;
}
