import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "@/lib/installation/embedded";
import { migrate } from "@/lib/installation/migrate";
import { onDatabase } from "./on-database";

/** What a test file needs to create a database of its own. */
export type TestServer = {
  superuserUrl: string;
  ownerUrl: string;
  appUrl: string;
  keeperUrl: string;
  template: string;
};

declare module "vitest" {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

const template = "posturio_template_test";

/** Starts one PostgreSQL for the run and migrates the template; every test file copies it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { root } = project.config;
  if (!existsSync(join(root, "lib/db/generated/client.ts"))) {
    spawnSync(process.execPath, [join(root, "scripts/prisma-generate.mjs"), "--quiet"], { stdio: "inherit" });
  }
  const postgres = await startEmbeddedPostgres({
    dataDir: join(root, ".posturio", "test", String(process.pid)),
    temporary: true,
  });
  try {
    const ownerUrl = onDatabase(postgres.ownerUrl, template);
    const appUrl = onDatabase(postgres.appUrl, template);
    const keeperUrl = onDatabase(postgres.keeperUrl, template);
    const { superuserUrl } = postgres;
    await migrate({ adminUrl: superuserUrl, ownerUrl, appUrl, keeperUrl });
    project.provide("testServer", { superuserUrl, ownerUrl, appUrl, keeperUrl, template });
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  return () => postgres.stop();
}
