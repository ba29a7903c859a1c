import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const script = readFileSync("scripts/containers/engine.sh", "utf8");
const root = process.getuid?.() === 0;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "posturio-engine-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Asks for an engine in which a command would leave a trace. */
function ask(options: { uid?: number } = {}) {
  const trace = join(folder, "ran");
  const { status, stderr } = spawnSync("bash", ["-s", "--", "apart", tmpdir(), "touch", trace], {
    ...options,
    input: script,
    encoding: "utf8",
  });
  return { status, stderr, ran: existsSync(trace) };
}

test("an ordinary user gets a sentence and no engine", () => {
  expect(ask(root ? { uid: 65_534 } : {})).toEqual({
    status: 75,
    stderr: "A container engine is started as root on Linux only.\n",
    ran: false,
  });
});

test.skipIf(!root || process.platform !== "linux")("beside another engine none is started", async () => {
  // What it looks for is the name of a process.
  const program = join(folder, "dockerd");
  copyFileSync("/bin/sleep", program);
  const other = spawn(program, ["30"], { stdio: "ignore" });
  try {
    await new Promise((resolve) => other.once("spawn", resolve));
    const { status, stderr, ran } = ask();
    expect({ status, ran }).toEqual({ status: 75, ran: false });
    expect(stderr).toMatch(/Another container engine runs|is not installed/);
  } finally {
    other.kill();
  }
});
