import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

// npm is started each time, and other tests keep the machine busy.
vi.setConfig({ testTimeout: 60_000 });

/** A checkout with our installer and one dependency, and a registry that has two versions of it. */
let folder: string;
let checkout: string;
let registry: Server;
let asked: string[];
let onTarball: () => "answer" | "hang";

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "posturio-install-"));
  checkout = join(folder, "checkout");
  cpSync("bin/start", join(checkout, "bin", "start"), { recursive: true });
  writeFileSync(join(checkout, ".npmrc"), "");
  asked = [];
  onTarball = () => "answer";
  const tarballs = new Map(["1.0.0", "2.0.0"].map((version) => [version, packed(version)]));
  registry = createServer((request, response) => {
    asked.push(request.url ?? "");
    const version = /one-(.*)\.tgz$/.exec(request.url ?? "")?.[1];
    if (version !== undefined) {
      if (onTarball() === "answer") response.end(tarballs.get(version));
      return;
    }
    const versions = [...tarballs].map(([version, bytes]) => {
      const tarball = `http://${request.headers.host}/one/-/one-${version}.tgz`;
      return [version, { name: "one", version, dist: { tarball, integrity: integrityOf(bytes) } }];
    });
    response.end(JSON.stringify({ name: "one", versions: Object.fromEntries(versions) }));
  });
  await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
  lock("1.0.0", tarballs.get("1.0.0") as Buffer);
  nextLock = () => lock("2.0.0", tarballs.get("2.0.0") as Buffer);
});

let nextLock: () => void;

afterEach(() => {
  registry.closeAllConnections();
  registry.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function packed(version: string): Buffer {
  const source = join(folder, version);
  mkdirSync(join(source, "package"), { recursive: true });
  writeFileSync(join(source, "package", "package.json"), JSON.stringify({ name: "one", version }));
  execFileSync("tar", ["-czf", `${source}.tgz`, "-C", source, "package"]);
  return readFileSync(`${source}.tgz`);
}

function integrityOf(bytes: Buffer): string {
  return `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
}

function lock(version: string, bytes: Buffer) {
  const own = { name: "checkout", version: "0.0.0", devDependencies: { one: version } };
  const one = { version, integrity: integrityOf(bytes), dev: true };
  const packages = { "": own, "node_modules/one": one };
  writeFileSync(join(checkout, "package.json"), JSON.stringify(own));
  writeFileSync(
    join(checkout, "package-lock.json"),
    JSON.stringify({ name: "checkout", version: "0.0.0", lockfileVersion: 3, requires: true, packages }),
  );
}

function installed(): string | null {
  const file = join(checkout, "node_modules", "one", "package.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).version : null;
}

function start(): ChildProcess & { said: () => string } {
  const source = `
    import { ensureInstalled } from ${JSON.stringify(join(checkout, "bin/start/install.mjs"))};
    import { endWith } from ${JSON.stringify(join(checkout, "bin/start/progress.mjs"))};
    await ensureInstalled().catch(endWith);
  `;
  const { port } = registry.address() as AddressInfo;
  const child = spawn(process.execPath, ["--input-type=module", "-e", source], {
    cwd: checkout,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      npm_config_registry: `http://127.0.0.1:${port}/`,
      npm_config_cache: join(folder, "cache"),
      npm_config_fetch_retries: "0",
    },
  });
  let said = "";
  child.stdout.on("data", (chunk) => {
    said += chunk;
  });
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  return Object.assign(child, { said: () => said });
}

async function ended(child: ReturnType<typeof start>): Promise<{ code: number | null; said: string }> {
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, said: child.said() };
}

test("a fresh clone gets what the lock names, development too; a second start asks the registry nothing", async () => {
  expect(await ended(start())).toMatchObject({ code: 0 });
  expect(installed()).toBe("1.0.0");
  asked = [];
  expect(await ended(start())).toEqual({ code: 0, said: "" });
  expect(asked).toEqual([]);
});

test("a changed lock is installed, and what somebody's own npm ci installed is taken as it is", async () => {
  await ended(start());
  nextLock();
  expect(await ended(start())).toMatchObject({ code: 0 });
  expect(installed()).toBe("2.0.0");
  rmSync(join(checkout, "node_modules", ".posturio-lock"));
  asked = [];
  expect(await ended(start())).toEqual({ code: 0, said: "" });
  expect(asked).toEqual([]);
});

test("without the registry the old installation stays, and one sentence says what does not answer", async () => {
  await ended(start());
  nextLock();
  registry.closeAllConnections();
  const child = start();
  registry.close();
  const { code, said } = await ended(child);
  expect(code).toBe(1);
  expect(said).toMatch(
    /could not be downloaded: the registry http:\/\/127\.0\.0\.1:\d+ does not answer \(ECONNREFUSED\)/,
  );
  expect(said).not.toMatch(/ at /);
  expect(installed()).toBe("1.0.0");
});

test("an install that was killed in the middle is done anew by the next start", async () => {
  const child = start();
  await new Promise<void>((resolve) => {
    onTarball = () => {
      resolve();
      return "hang";
    };
  });
  process.kill(-(child.pid as number), "SIGKILL");
  await ended(child);
  expect(installed()).toBeNull();
  onTarball = () => "answer";
  expect(await ended(start())).toMatchObject({ code: 0 });
  expect(installed()).toBe("1.0.0");
});

test("two starts at once install once", async () => {
  const [one, other] = await Promise.all([ended(start()), ended(start())]);
  expect([one.code, other.code]).toEqual([0, 0]);
  expect(installed()).toBe("1.0.0");
  expect(asked.filter((path) => path.endsWith(".tgz"))).toHaveLength(1);
});
