/**
 * Brings database and queue schema up to date: `npm run db:migrate`, and the one-shot step of every installation.
 *
 * DATABASE_OWNER_URL is the owner's. With DATABASE_ADMIN_URL (a superuser), DATABASE_URL, DATABASE_AUTH_URL and
 * DATABASE_KEEPER_URL the roles and the database are made first.
 */
import { migrate } from "@/lib/installation/migrate";

const ownerUrl = process.env["DATABASE_OWNER_URL"];
if (!ownerUrl) {
  process.stderr.write("DATABASE_OWNER_URL is not set: migrations run as posturio_owner.\n");
  process.exit(64);
}
const applied = await migrate({
  ownerUrl,
  adminUrl: process.env["DATABASE_ADMIN_URL"] || undefined,
  appUrl: process.env["DATABASE_URL"] || undefined,
  authUrl: process.env["DATABASE_AUTH_URL"] || undefined,
  keeperUrl: process.env["DATABASE_KEEPER_URL"] || undefined,
});
process.stdout.write(
  applied.length === 0 ? "The database is up to date.\n" : `Applied ${applied.join(", ")}.\n`,
);
// The engine's idle connection would hold the process, and every start with it, for ten seconds.
process.exit(0);
