import type { Client } from "pg";

/** Below 15, a view cannot ask for its reader's rights; above 18, nothing of the product has been tested. */
const oldest = 15;
const newest = 18;

/** Why the product does not run on this version of PostgreSQL (`server_version_num`), or null when it does. */
export function versionProblem(versionNumber: number): string | null {
  const major = Math.floor(versionNumber / 10_000);
  if (major >= oldest && major <= newest) return null;
  const remedy =
    major < oldest
      ? "Upgrade the server"
      : "Use a server of one of these versions, or a version of Posturio that supports this one";
  return `This server is PostgreSQL ${major}; Posturio runs on PostgreSQL ${oldest} to ${newest}. ${remedy}.`;
}

export class UnsupportedVersion extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = "UnsupportedVersion";
  }
}

/** Throws UnsupportedVersion, with a sentence for the operator, when the server is not one the product runs on. */
export async function assertServerVersion(client: Client): Promise<void> {
  const { rows } = await client.query("SELECT current_setting('server_version_num')::int AS number");
  const problem = versionProblem(rows[0]?.number);
  if (problem !== null) throw new UnsupportedVersion(problem);
}
