import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { env } from "@/lib/env";
import { installationRoot } from "./installation-root";
import { assertServerVersion } from "./server-version";
import { withClient } from "./with-client";

export type CatalogViolation = { violation: string; object: string };

/** The database is not one that keeps tenants apart: nothing may run on it. */
export class CatalogError extends Error {
  readonly violations: readonly CatalogViolation[];

  constructor(violations: readonly CatalogViolation[]) {
    const lines = violations.map(({ violation, object }) => `  ${violation}: ${object}`);
    super(`The database does not keep organizations apart. Not starting.\n${lines.join("\n")}`);
    this.name = "CatalogError";
    this.violations = violations;
  }
}

/** What the catalog test finds wrong for the role of the given URL; empty when tenants are kept apart. */
export async function catalogViolations(url: string): Promise<CatalogViolation[]> {
  const file = join(/* turbopackIgnore: true */ installationRoot(), "prisma", "catalog_test.sql");
  const sql = await readFile(file, "utf8");
  return withClient(url, async (client) => (await client.query<CatalogViolation>(sql)).rows);
}

/** The catalog test judges posturio_auth by its name: no other role may be used in its place. */
async function authViolations(url: string): Promise<CatalogViolation[]> {
  const { rows } = await withClient(url, (client) =>
    client.query<{ role: string }>("SELECT current_user::text AS role"),
  );
  const wrong = rows.filter(({ role }) => role !== "posturio_auth");
  return wrong.map(({ role }) => ({
    violation: "DATABASE_AUTH_URL does not name posturio_auth",
    object: role,
  }));
}

/**
 * Called by web and worker before they serve anything. Throws CatalogError when a table lacks its policy, or when one of
 * the two roles could get round one: a superuser, an owner, one that may create or truncate, one that has the other's rights;
 * UnsupportedVersion on a server of a version on which nobody has tried that.
 */
export async function assertCatalog(
  url: string = env.DATABASE_URL,
  authUrl: string = env.DATABASE_AUTH_URL,
): Promise<void> {
  await withClient(url, assertServerVersion);
  const violations = [...(await authViolations(authUrl)), ...(await catalogViolations(url))];
  if (violations.length > 0) {
    throw new CatalogError(violations);
  }
}
