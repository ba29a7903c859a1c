import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";

// npm is started each time, and other tests keep the machine busy.
vi.setConfig({ testTimeout: 60_000 });

/** A clone that was never installed and never built. */
let clone: string;

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), "posturio-clone-"));
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    encoding: "utf8",
  });
  for (const file of listed.split("\0").filter((name) => name !== "" && existsSync(name))) {
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    cpSync(file, join(clone, file));
  }
});

beforeEach(() => {
  rmSync(join(clone, "node_modules"), { force: true });
  rmSync(join(clone, "lib", "db", "generated"), { recursive: true, force: true });
});

afterAll(() => rmSync(clone, { recursive: true, force: true }));

function run(args: readonly string[]) {
  return spawnSync(process.execPath, args, {
    cwd: clone,
    encoding: "utf8",
    env: {
      ...process.env,
      npm_config_registry: "http://127.0.0.1:9/",
      npm_config_cache: join(clone, "dist", "cache"),
      npm_config_fetch_retries: "0",
    },
  });
}

test("npm runs no TypeScript program in a clone before the clone is ready for it", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
  const programs = Object.entries(scripts).filter(([, command]) => /\.ts\b/.test(command));
  expect(programs.length).toBeGreaterThan(5);
  for (const [name, command] of programs) {
    expect(command, name).toMatch(/^node --import \.\/scripts\/ready\.mjs \S+\.ts$/);
  }
});

test("a clone without the database client generates it, and standard output is the program's alone", () => {
  symlinkSync(resolve("node_modules"), join(clone, "node_modules"));
  const { status, stdout, stderr } = run(["--import", "./scripts/ready.mjs", "bin/migrate.ts"]);
  // A busy machine says meanwhile that it goes on.
  expect(stderr).toMatch(/Generating the database client\n(.* … \d+ s\n)*DATABASE_OWNER_URL is not set/);
  expect({ status, stdout }).toEqual({ status: 64, stdout: "" });
  expect(existsSync(join(clone, "lib", "db", "generated", "client.ts"))).toBe(true);

  const again = run(["--import", "./scripts/ready.mjs", "bin/migrate.ts"]);
  expect(again.stderr).toMatch(/^DATABASE_OWNER_URL is not set/);
});

test.for([
  ["a TypeScript program", ["--import", "./scripts/ready.mjs", "bench/scan.ts"], 1],
  ["the generator", ["scripts/prisma-generate.mjs"], 1],
  ["a script of its own", ["scripts/make-dot-map.mjs"], 1],
  ["the gates", ["scripts/test.mjs", "check"], 1],
  ["the package", ["bin/build-cli.mjs"], 1],
  ["the product", ["bin/start.mjs"], 1],
  // 1 would say that the check has failed.
  ["the command line", ["bin/posturio.mjs", "check", "cloudtrail.not_multi_region", "--json"], 2],
] as const)("%s that can install nothing says so in a sentence and shows no stack", ([, args, code]) => {
  const { status, stdout, stderr } = run(args);
  expect(stderr).toMatch(
    /The dependencies could not be downloaded: the registry http:\/\/127\.0\.0\.1:9 does not answer/,
  );
  expect(stderr).not.toMatch(/\n\s+at /);
  expect({ status, stdout }).toEqual({ status: code, stdout: "" });
});
