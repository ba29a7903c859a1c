/**
 * The migrate step: npx tsx scripts/migrate.ts
 *
 * DATABASE_OWNER_URL   role posturio_owner, required
 * DATABASE_URL         role posturio_app; with DATABASE_ADMIN_URL its password is set from here
 * DATABASE_ADMIN_URL   superuser, optional: makes both roles and the database
 */
import { migrate } from "@/lib/db/migrate";

const ownerUrl = process.env.DATABASE_OWNER_URL;
if (!ownerUrl) {
  process.stderr.write("DATABASE_OWNER_URL is not set\n");
  process.exit(64);
}
const applied = await migrate({
  ownerUrl,
  adminUrl: process.env.DATABASE_ADMIN_URL,
  appUrl: process.env.DATABASE_URL,
});
process.stdout.write(applied.length === 0 ? "Nothing to migrate\n" : `Applied ${applied.join(", ")}\n`);
