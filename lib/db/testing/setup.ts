import { randomBytes } from "node:crypto";
import { afterAll, inject } from "vitest";
import { withClient } from "@/lib/db/with-client";
import { onDatabase } from "./on-database";

// Runs before a test file is imported, so that lib/env.ts sees the file's own database from the start.
const server = inject("testServer");
const name = `posturio_${randomBytes(6).toString("hex")}_test`;

await withClient(server.superuserUrl, async (client) => {
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${server.template} OWNER posturio_owner`);
  await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${name} TO posturio_app, posturio_auth, posturio_keeper`);
});

process.env.DATABASE_URL = onDatabase(server.appUrl, name);
process.env.DATABASE_AUTH_URL = onDatabase(server.authUrl, name);
process.env.DATABASE_KEEPER_URL = onDatabase(server.keeperUrl, name);
process.env.DATABASE_OWNER_URL = onDatabase(server.ownerUrl, name);
process.env.DATABASE_ADMIN_URL = onDatabase(server.superuserUrl, name);

afterAll(async () => {
  const { disconnect } = await import("@/lib/db/client");
  const { endSql } = await import("./database");
  await Promise.all([disconnect(), endSql()]);
  await withClient(server.superuserUrl, async (client) => {
    await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
  });
});
