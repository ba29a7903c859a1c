import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

/** What a process writes that runs this. */
function linesOf(source: string): { level: string; message: string; code?: string }[] {
  const folder = mkdtempSync(join(tmpdir(), "posturio-failures-"));
  try {
    const file = join(folder, "program.mts");
    const from = (path: string) => JSON.stringify(join(process.cwd(), path));
    writeFileSync(
      file,
      `import { logFailure } from ${from("lib/http/log-failure.ts")};
       import { AppError } from ${from("lib/errors.ts")};
       ${source}`,
    );
    const { stdout } = spawnSync(process.execPath, ["--import", "tsx", file], {
      encoding: "utf8",
      env: { ...process.env, NODE_ENV: "test", LOG_LEVEL: "info" },
    });
    return stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("a client that is refused without end writes 60 lines of one code, and hides nothing else", {
  timeout: 30_000,
}, () => {
  const lines = linesOf(`
    for (let n = 0; n < 500; n++) logFailure(new AppError("rate_limited", "Too many."), "request", "GET /");
    logFailure(new AppError("forbidden", "No."), "request", "GET /");
    for (let n = 0; n < 100; n++) logFailure(new Error("a bug"), "request", "GET /");`);
  const count = (wanted: string) => lines.filter(({ code, message }) => (code ?? message) === wanted).length;
  expect(count("rate_limited")).toBe(60);
  expect(count("forbidden")).toBe(1);
  expect(count("unexpected error")).toBe(100);
});

test("a refusal is told as one, what is away as a warning, and a bug as an error", {
  timeout: 30_000,
}, () => {
  const lines = linesOf(`
    logFailure(new AppError("forbidden", "No."), "request", "GET /");
    logFailure(new AppError("unavailable", "Away."), "request", "GET /");
    logFailure(new Error("a bug"), "request", "GET /");`);
  expect(lines.map(({ level, message }) => `${level}: ${message}`)).toEqual([
    "info: request refused",
    "warn: request refused",
    "error: unexpected error",
  ]);
});
