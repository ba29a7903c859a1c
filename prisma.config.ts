import { defineConfig } from "prisma/config";

/**
 * The Prisma CLI is used for `generate` alone (scripts/prisma-generate.mjs). Migrations are applied by
 * lib/installation/migrate.ts in plain SQL, from the same folder and with the same ledger, so
 * `prisma migrate deploy` works too where its native engine may be downloaded.
 */
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  ...(process.env.DATABASE_OWNER_URL ? { datasource: { url: process.env.DATABASE_OWNER_URL } } : {}),
});
