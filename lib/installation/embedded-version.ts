import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { childEnvironment } from "./embedded-process";
import { Refusal } from "./refusal";

/** The major version of the binaries in this folder. */
export function majorVersion(native: string): number {
  const asked = spawnSync(join(native, "bin", "postgres"), ["--version"], {
    env: childEnvironment,
    encoding: "utf8",
  });
  const major = Number(/\(PostgreSQL\) (\d+)/.exec(asked.stdout ?? "")?.[1]);
  if (Number.isInteger(major)) return major;
  const reason = asked.error?.message ?? (asked.stderr.trim() || `exit code ${asked.status}`);
  throw new Refusal(
    `The embedded PostgreSQL cannot be run on this machine (${reason}). Set DATABASE_URL to a server of your own.`,
  );
}

/** A major version reads the data of no other: said before the server says it less clearly. */
export function refuseOtherData(data: string, major: number): void {
  let found: string;
  try {
    found = readFileSync(join(data, "PG_VERSION"), "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (found === String(major)) return;
  throw new Refusal(
    `The data in ${data} is of PostgreSQL ${found}, and this version of Posturio brings PostgreSQL ${major}. Start the version of Posturio that wrote it, or move the folder away to begin with an empty database.`,
  );
}

/** Text sorts by code point on every machine, and lower and upper case are those of Unicode. */
export function localeArguments(major: number): string[] {
  if (major >= 17) return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  // Before, only the machine's own locale did the same; tests run older versions on Linux, which has it.
  return ["--locale=C.UTF-8"];
}
