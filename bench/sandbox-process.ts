import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WorldFile } from "@/sandbox/world/world-file";

/** A sandbox in a process of its own, so that what it costs is not counted to those who ask it. */
export async function startSandboxProcess(world: WorldFile): Promise<{ url: string; stop(): Promise<void> }> {
  const home = mkdtempSync(join(tmpdir(), "posturio-bench-"));
  const file = join(home, "world.json");
  writeFileSync(file, JSON.stringify(world));
  const child = spawn(
    process.execPath,
    ["--import", "./scripts/ready.mjs", "sandbox/main.ts", "--world", file],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = once(child, "exit");
  const url = await new Promise<string>((resolve, reject) => {
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
      const found = /"url":"([^"]+)"/.exec(output)?.[1];
      if (found) resolve(found);
    });
    child.once("exit", (code) => reject(new Error(`The sandbox ended with ${code}:\n${output}`)));
  });
  return {
    url,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}
