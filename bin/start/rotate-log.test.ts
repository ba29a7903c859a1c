import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Processes } from "./processes.mjs";
import { rotateLog } from "./rotate-log.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "posturio-rotate-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a log that grows is cut, and only so many older ones stay", () => {
  const path = join(folder, "web.log");
  for (let turn = 1; turn <= 6; turn++) {
    writeFileSync(path, `turn ${turn}\n`.repeat(10), { flag: "a" });
    rotateLog(path, 20);
  }
  expect(readdirSync(folder).sort()).toEqual(["web.log", "web.log.1", "web.log.2", "web.log.3"]);
  expect(statSync(path).size).toBe(0);
  expect(readFileSync(`${path}.1`, "utf8")).toContain("turn 6");
  expect(readFileSync(`${path}.3`, "utf8")).toContain("turn 4");
});

test("a small log and none at all stay as they are", () => {
  const path = join(folder, "web.log");
  rotateLog(path, 20);
  writeFileSync(path, "short\n");
  rotateLog(path, 20);
  expect(readdirSync(folder)).toEqual(["web.log"]);
});

test("a child of npm start goes on writing where the cut log begins", async () => {
  const home = join(folder, "home");
  const { mkdirSync } = await import("node:fs");
  mkdirSync(join(home, "logs"), { recursive: true });
  const file = join(folder, "child.mjs");
  writeFileSync(file, 'let n = 0; setInterval(() => console.log("line " + ++n), 5)');
  const processes = new Processes(home);
  processes.start("child", [file], { env: process.env, memoryMb: 64, cwd: folder });
  const path = processes.logPath("child");
  const size = () => statSync(path).size;
  for (const end = Date.now() + 10_000; size() < 400 && Date.now() < end; ) await sleep(20);
  rotateLog(path, 300);
  await sleep(300);
  const text = readFileSync(path, "utf8");
  expect(text).toMatch(/^line \d+\n/);
  expect(readFileSync(`${path}.1`, "utf8")).toMatch(/^line 1\n/);
  await processes.stop();
});
