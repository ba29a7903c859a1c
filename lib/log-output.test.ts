import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "posturio-log-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a log that cannot be written", () => {
  const program = (source: string) => {
    const file = join(folder, `${Math.random().toString(36).slice(2)}.mts`);
    writeFileSync(
      file,
      `import { createLogger } from ${JSON.stringify(join(process.cwd(), "lib/logger.ts"))};
       import { writeFileSync } from "node:fs";
       import { setTimeout as sleep } from "node:timers/promises";
       const logger = createLogger("info");
       ${source}`,
    );
    return file;
  };

  const run = (shell: string) =>
    new Promise<number | null>((resolve) =>
      spawn("sh", ["-c", shell], { stdio: "ignore", env: { ...process.env, NODE_ENV: "test" } }).once(
        "exit",
        resolve,
      ),
    );

  test.runIf(existsSync("/dev/full"))("a full disk ends nothing", { timeout: 60_000 }, async () => {
    const mark = join(folder, "full-ok");
    const file = program(
      `for (let n = 0; n < 5; n++) { logger.info("line"); await sleep(10); } writeFileSync(${JSON.stringify(mark)}, "");`,
    );
    expect(await run(`node --import tsx ${file} > /dev/full`)).toBe(0);
    expect(existsSync(mark)).toBe(true);
  });

  test("a reader that has gone ends nothing", { timeout: 60_000 }, async () => {
    const mark = join(folder, "pipe-ok");
    const file = program(
      `await sleep(300); for (let n = 0; n < 5; n++) { logger.info("line"); await sleep(10); } writeFileSync(${JSON.stringify(mark)}, "");`,
    );
    await run(`node --import tsx ${file} | true; while [ ! -e ${mark} ] && kill -0 $$; do sleep 0.1; done`);
    expect(existsSync(mark)).toBe(true);
  });

  // A descriptor that is full at first and an ordinary file later, as a disk is on which somebody made room.
  const comesAndGoes = (out: string) => `
    import { closeSync, openSync } from "node:fs";
    const to = (...file) => { closeSync(1); openSync(...file); };
    const full = () => to("/dev/full", "w");
    const room = () => to(${JSON.stringify(out)}, "a");
    const say = async (message, times) => { for (let n = 0; n < times; n++) { logger.info(message); await sleep(5); } };`;

  async function outcome(name: string, source: (out: string) => string) {
    const out = join(folder, name);
    expect(await run(`node --import tsx ${program(source(out))} > ${folder}/first.log`)).toBe(0);
    const lines = readFileSync(out, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { message: string; lost?: number });
    return {
      told: lines.map(({ lost }) => lost).filter((lost) => lost !== undefined),
      kept: lines.filter(({ message }) => message === "kept").length,
    };
  }

  test.runIf(existsSync("/dev/full"))("what was lost is told", { timeout: 60_000 }, async () => {
    const source = (out: string) => `${comesAndGoes(out)}
      full(); await say("lost", 7);
      room(); await say("kept", 3);`;
    expect(await outcome("once.log", source)).toEqual({ told: [7], kept: 3 });
  });

  test.runIf(existsSync("/dev/full"))(
    "what was lost is told later when telling fails",
    {
      timeout: 60_000,
    },
    async () => {
      const source = (out: string) => `${comesAndGoes(out)}
      full(); await say("lost", 7);
      // There is room for one line, and none for the one that tells the loss.
      room(); logger.info("kept"); full(); await sleep(5);
      await say("lost", 2);
      room(); await say("kept", 2);`;
      expect(await outcome("twice.log", source)).toEqual({ told: [9], kept: 3 });
    },
  );
});
