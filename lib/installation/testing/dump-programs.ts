import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { postgresFolder } from "@/scripts/postgres.mjs";

/** PostgreSQL's own pg_dump and pg_restore, and a server that they can read. */
export interface DumpPrograms {
  readonly major: number;
  readonly dump: string;
  readonly restore: string;
  /** Folder of a server of the same major version. */
  readonly server: string;
}

/** Those of this machine, or null when there are none: npm brings no pg_dump, and an older one reads no newer server. */
export function dumpPrograms(): DumpPrograms | null {
  for (const folder of [...debianFolders(), ...pathFolders()]) {
    const dump = join(folder, "pg_dump");
    if (!existsSync(dump)) continue;
    const asked = spawnSync(dump, ["--version"], { encoding: "utf8" });
    const major = Number(/\(PostgreSQL\) (\d+)/.exec(asked.stdout ?? "")?.[1]);
    const server = Number.isInteger(major) ? postgresFolder(major) : null;
    if (server !== null) return { major, dump, restore: join(folder, "pg_restore"), server };
  }
  return null;
}

function debianFolders(): string[] {
  const root = "/usr/lib/postgresql";
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .sort((a, b) => Number(b) - Number(a))
    .map((major) => join(root, major, "bin"));
}

function pathFolders(): string[] {
  return (process.env.PATH ?? "").split(":").filter((folder) => folder !== "");
}
