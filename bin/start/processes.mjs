import { execFileSync, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Refusal, say } from "./progress.mjs";
import { rotateLog } from "./rotate-log.mjs";

/** Preloaded into a child that is started with an `ipc` channel. */
export const followParent = new URL("./follow-parent.mjs", import.meta.url).href;

const rotateEveryMs = 2_000;

/** When a process started: with the id it names a process for good, because ids are used again. */
export function birthOf(pid) {
  try {
    if (existsSync("/proc/self/stat")) {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return fields[0] === "Z" ? null : fields[19];
    }
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || null;
  } catch {
    return null;
  }
}

export function isAlive({ pid, birth }) {
  return birth !== null && birthOf(pid) === birth;
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // Gone already.
  }
}

/** Ends process groups: SIGTERM, and SIGKILL to those that have not gone after the grace time. */
export async function endGroups(entries, graceMs) {
  const living = () => entries.filter(isAlive);
  for (const entry of living()) signalGroup(entry.pid, "SIGTERM");
  const end = Date.now() + graceMs;
  while (living().length > 0 && Date.now() < end) await sleep(50);
  for (const entry of living()) signalGroup(entry.pid, "SIGKILL");
  const last = Date.now() + 3_000;
  while (living().length > 0 && Date.now() < last) await sleep(50);
}

/**
 * The processes of one installation. Every child leads its own process group, so that Ctrl-C reaches the
 * supervisor alone and the order of the stop is ours; every child also follows its parent (follow-parent.mjs),
 * and is written to run.json, by which the next start finds what a killed supervisor may have left.
 */
export class Processes {
  constructor(home) {
    this.home = home;
    this.file = join(home, "run.json");
    this.children = [];
    this.known = {};
    this.stopping = false;
    this.rotation = setInterval(() => this.#rotateLogs(), rotateEveryMs).unref();
    /** Set when everything has come up once. */
    this.isUp = false;
    /** Milliseconds between SIGTERM and SIGKILL: a worker finishes what it has in hand. */
    this.grace = 12_000;
    /** Told why, when a child ends unasked. */
    this.onCrash = (_reason) => {};
  }

  /** Refuses when this installation runs already; ends what a killed one left behind. */
  async claim() {
    let previous = null;
    try {
      previous = JSON.parse(readFileSync(this.file, "utf8"));
    } catch {
      // First start, or a file cut short by a crash: nothing to end.
    }
    if (previous) {
      if (isAlive(previous.supervisor)) {
        throw new Refusal(
          `Posturio already runs from ${this.home}${previous.url ? ` at ${previous.url}` : ""} (process ${previous.supervisor.pid}). Stop that one first.`,
        );
      }
      const orphans = previous.children.filter(isAlive);
      if (orphans.length > 0) {
        say(`Stopping what an earlier start left running: ${orphans.map((child) => child.name).join(", ")}`);
        await endGroups(orphans, this.grace);
      }
    }
    this.record();
  }

  /** `known` (url, environment) is kept from then on: the next start and `posturio admin` read it. */
  record(known = {}) {
    this.known = { ...this.known, ...known };
    const state = {
      supervisor: { pid: process.pid, birth: birthOf(process.pid) },
      ...this.known,
      children: this.children.map(({ name, pid, birth }) => ({ name, pid, birth })),
    };
    writeFileSync(`${this.file}.partial`, JSON.stringify(state), { mode: 0o600 });
    renameSync(`${this.file}.partial`, this.file);
  }

  #rotateLogs() {
    for (const { name } of this.children) rotateLog(this.logPath(name));
  }

  logPath(name) {
    return join(this.home, "logs", `${name}.log`);
  }

  #spawn(name, args, { env, memoryMb, cwd }, logMode = "w") {
    if (logMode === "w") rmSync(this.logPath(name), { force: true });
    // To append, always: the file may be emptied while the child writes to it.
    const log = openSync(this.logPath(name), "a", 0o600);
    const child = spawn(
      process.execPath,
      [`--max-old-space-size=${memoryMb}`, "--import", followParent, ...args],
      { cwd, env, detached: true, stdio: ["ignore", log, log, "ipc"] },
    );
    closeSync(log);
    return child;
  }

  /**
   * A process that runs until the stop. Its end before everything is up ends everything; later it is started
   * again, unless it keeps ending.
   */
  start(name, args, options) {
    /** @type {{ name: string, pid: number, birth: string | null, ends: number[] }} */
    const entry = { name, pid: 0, birth: null, ends: [] };
    const spawnAgain = (logMode) => {
      const child = this.#spawn(name, args, options, logMode);
      Object.assign(entry, { pid: child.pid, birth: birthOf(child.pid) });
      this.record();
      child.once("error", (error) => this.onCrash(`${name} could not be started: ${error.message}`));
      child.once("exit", (code, signal) => {
        if (this.stopping) return;
        const now = Date.now();
        entry.ends = [...entry.ends.filter((at) => now - at < 60_000), now];
        if (!this.isUp || entry.ends.length > 3) return this.onCrash(this.obituary(name, code, signal));
        say(
          `${name} ended (${signal ?? `exit code ${code}`}) and is started again: see ${this.logPath(name)}`,
        );
        setTimeout(() => this.stopping || spawnAgain("a"), 500);
      });
    };
    this.children.push(entry);
    spawnAgain("w");
    return entry;
  }

  /** A step that must end well before the next one begins. */
  async run(name, args, options) {
    const child = this.#spawn(name, args, options);
    const entry = { name, pid: child.pid, birth: birthOf(child.pid), child };
    this.children.push(entry);
    this.record();
    const [code, signal] = await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (...how) => resolve(how));
    });
    this.children = this.children.filter((other) => other !== entry);
    this.record();
    if (code !== 0 && !this.stopping) throw new Refusal(this.obituary(name, code, signal));
  }

  obituary(name, code, signal) {
    let tail = "";
    try {
      tail = readFileSync(this.logPath(name), "utf8").trim().split("\n").slice(-20).join("\n");
    } catch {
      // No log, nothing more to say.
    }
    const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
    return `${name} ${how}. The end of ${this.logPath(name)}:\n\n${tail}\n`;
  }

  /** Newest first, so that nothing outlives what it stands on. */
  async stop() {
    this.stopping = true;
    clearInterval(this.rotation);
    await endGroups([...this.children].reverse(), this.grace);
    rmSync(this.file, { force: true });
  }
}
