import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { touchAliveFile } from "./alive-file";

const folder = mkdtempSync(join(tmpdir(), "posturio-alive-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = join(folder, "alive");

function healthcheck(
  service: string,
  env: Record<string, string>,
): { status: number | null; output: string } {
  const { status, stdout } = spawnSync(process.execPath, ["bin/healthcheck.mjs", service], {
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return { status, output: stdout };
}

test("the worker is healthy from its first touch until it has not touched its file for 30 s", async () => {
  const env = { POSTURIO_ALIVE_FILE: file };
  expect(healthcheck("worker", env).status).toBe(1);
  await touchAliveFile(file);
  expect(healthcheck("worker", env)).toEqual({ status: 0, output: "" });
  const then = Date.now() / 1000 - 31;
  utimesSync(file, then, then);
  expect(healthcheck("worker", env)).toEqual({
    status: 1,
    output: expect.stringMatching(/was last touched 3\d s ago/),
  });
  await touchAliveFile(file);
  expect(healthcheck("worker", env).status).toBe(0);
});

test("without a file that is asked for, nothing is touched", async () => {
  await expect(touchAliveFile()).resolves.toBeUndefined();
});

test("web that does not answer is not healthy", () => {
  expect(healthcheck("web", { PORT: "9" }).status).toBe(1);
});
