/**
 * Fills an installation with load: `npm run seed:load`. The embedded database in a folder of its own, or the one that
 * DATABASE_ADMIN_URL (a superuser), DATABASE_OWNER_URL, DATABASE_URL, DATABASE_AUTH_URL and DATABASE_KEEPER_URL name. It
 * must be empty; what an interrupted run with the same sizes got done is gone on with.
 *
 *   --folder DIR        where the embedded database is, or is made
 *   --organizations N --accounts N --scheduled N --findings N
 *   --large-accounts N --large-findings N     of the first organization; --medium-findings N of the second
 *   --with-snapshots N --days N               the first N organizations have snapshots of so many days
 *   --seed TEXT         the same text makes the same ids, names and states
 */
import { parseArgs } from "node:util";
import { readAddresses } from "@/lib/installation/addresses";
import { startEmbeddedPostgres } from "@/lib/installation/embedded";
import { explainFailure } from "@/lib/installation/explain-failure";
import { migrate } from "@/lib/installation/migrate";
import { Refusal } from "@/lib/installation/refusal";
import type { RoleUrls } from "@/lib/installation/roles";
import { fill } from "./seed/fill";
import { sizeOptions, sizesFrom } from "./seed/options";

const tell = (text: string) => console.log(`${new Date().toISOString().slice(11, 19)} ${text}`);

try {
  const { values } = parseArgs({ options: { ...sizeOptions, folder: { type: "string" } } });
  const { folder } = values;
  const sizes = sizesFrom(values);
  const server = folder === undefined ? null : await startEmbeddedPostgres({ dataDir: folder });
  try {
    const urls = server ? { ...server, adminUrl: server.superuserUrl } : addressesGiven();
    tell("Migrating");
    await migrate(urls);
    Object.assign(process.env, {
      DATABASE_URL: urls.appUrl,
      DATABASE_AUTH_URL: urls.authUrl,
    });
    await fill(
      Object.assign(new URL(urls.adminUrl), { pathname: new URL(urls.appUrl).pathname }).href,
      sizes,
      tell,
    );
    const { closeDatabase } = await import("@/lib/db/system/workers");
    await closeDatabase();
    tell("Done");
  } finally {
    await server?.stop();
  }
} catch (error) {
  const isOfOptions =
    error instanceof RangeError || /^ERR_PARSE_ARGS/.test(String((error as { code?: unknown }).code));
  console.error(isOfOptions ? (error as Error).message : explainFailure(error));
  process.exitCode = 1;
}
// The engine of the migrations holds an idle connection for ten seconds.
process.exit();

function addressesGiven(): RoleUrls {
  const addresses = readAddresses(process.env, false);
  if (typeof addresses === "string") throw new Refusal(`Give --folder DIR, or a database. ${addresses}`);
  const { adminUrl, appUrl, ownerUrl, authUrl, keeperUrl } = addresses;
  if (!adminUrl || !appUrl) {
    throw new Refusal(
      "Give --folder DIR, or DATABASE_ADMIN_URL: rows of all organizations are written at once.",
    );
  }
  return { adminUrl, appUrl, ownerUrl, authUrl, keeperUrl };
}
