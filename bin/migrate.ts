/**
 * Brings database and queue schema up to date: `npm run db:migrate`, and the one-shot step of every installation.
 *
 * DATABASE_OWNER_URL is the owner's. With DATABASE_ADMIN_URL (a superuser), DATABASE_URL, DATABASE_AUTH_URL and
 * DATABASE_KEEPER_URL the roles and the database are created first.
 *
 *   --roles-only   creates the roles with their passwords and nothing else: before a backup is restored
 *
 * A server that is starting is waited for. Exit code 64 when an address is missing, 1 when the step failed; what went
 * wrong stands on standard error.
 */
import { readAddresses } from "@/lib/installation/addresses";
import { explainFailure } from "@/lib/installation/explain-failure";
import { migrate } from "@/lib/installation/migrate";
import { waitForDatabase } from "@/lib/installation/wait-for-database";

/** A database that starts beside us, after a boot or in compose, is ready in seconds. */
const waitMs = 30_000;

const rolesOnly = process.argv.includes("--roles-only");
const unknown = process.argv.slice(2).filter((argument) => argument !== "--roles-only");
if (unknown.length > 0) end(64, `Unknown: ${unknown.join(" ")}. Known: --roles-only`);

const addresses = readAddresses(process.env, rolesOnly);
if (typeof addresses === "string") end(64, addresses);

try {
  await waitForDatabase(addresses.adminUrl ?? addresses.ownerUrl, waitMs, tell);
  const applied = await migrate({ ...addresses, rolesOnly });
  const done = applied.length === 0 ? "The database is up to date." : `Applied ${applied.join(", ")}.`;
  process.stdout.write(
    `${rolesOnly ? "The roles are there. Restore the backup next, then run this step without --roles-only." : done}\n`,
  );
} catch (error) {
  end(1, explainFailure(error));
}
// The engine's idle connection would hold the process, and every start with it, for ten seconds.
process.exit(0);

function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

function end(code: number, text: string): never {
  tell(text);
  process.exit(code);
}
