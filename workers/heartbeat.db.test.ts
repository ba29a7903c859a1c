import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { workerSeenWithin } from "@/lib/db/system/workers";
import { testDatabase } from "@/lib/db/testing/database";
import { beatUnlessStuck } from "./heartbeat";
import { loop } from "./loop";

testDatabase();
const folder = mkdtempSync(join(tmpdir(), "posturio-beat-"));
const file = join(folder, "alive");
process.env.POSTURIO_ALIVE_FILE = file;
afterAll(() => rmSync(folder, { recursive: true }));

test("a worker of which one loop hangs shows itself nowhere, until that loop turns again", async () => {
  let release = () => {};
  const hanging = loop("hanging", 1, () => new Promise<void>((resolve) => (release = resolve)));
  const turning = loop("turning", 1, async () => {});
  await sleep(300);
  expect(await beatUnlessStuck("worker", [turning, hanging], 200)).toBe(false);
  expect(existsSync(file)).toBe(false);
  expect(await workerSeenWithin(60)).toBe(false);
  release();
  await Promise.all([hanging.stop(), turning.stop()]);
  expect(await beatUnlessStuck("worker", [turning, hanging], 60_000)).toBe(true);
  expect(existsSync(file)).toBe(true);
  expect(await workerSeenWithin(60)).toBe(true);
});
