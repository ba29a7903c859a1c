import { execFileSync } from "node:child_process";
import { expect, test } from "@playwright/test";
import { removeData, startAlone } from "./start-product";

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

function processes(): Process[] {
  const lines = execFileSync("ps", ["-e", "-o", "pid=,ppid=,stat=,args="], { encoding: "utf8" }).split("\n");
  return lines.flatMap((line) => {
    const [, pid, parent, state, command] = /^ *(\d+) +(\d+) +(\S+) +(.*)$/.exec(line) ?? [];
    return pid === undefined || state?.startsWith("Z")
      ? []
      : [{ pid: Number(pid), parent: Number(parent), command: command ?? "" }];
  });
}

/** Everything that a process started, and what that started. */
function descendants(pid: number): Process[] {
  const all = processes();
  const found: Process[] = [];
  for (let parents = [pid]; parents.length > 0; ) {
    const next = all.filter(({ parent }) => parents.includes(parent));
    found.push(...next);
    parents = next.map((entry) => entry.pid);
  }
  return found;
}

test("npm start that is killed outright leaves no process: no web, no worker, no database", async () => {
  const product = await startAlone();
  const started = descendants(product.process.pid ?? 0);
  for (const part of [
    "bin/web.mjs",
    "worker.mjs",
    "sandbox.mjs",
    "bin/postgres",
    "posturio-database-watch",
  ]) {
    expect(
      started.map(({ command }) => command),
      part,
    ).toContainEqual(expect.stringContaining(part));
  }
  product.process.kill("SIGKILL");
  await product.ended;
  const names = new Map(started.map(({ pid, command }) => [pid, command]));
  await expect
    .poll(() => processes().filter(({ pid, command }) => names.get(pid) === command), { timeout: 30_000 })
    .toEqual([]);
  removeData(product.home);
});
