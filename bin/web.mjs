#!/usr/bin/env node
/**
 * The built web server as several processes that share one port. Rendering a page is JavaScript, and a process has one
 * thread for that: one process serves a machine of one core.
 *
 *   node bin/web.mjs [server.js [ms that a start takes]]
 *
 * A process that ends is replaced; SIGTERM ends them all, and so does our own end, however it comes. Nothing but
 * Node's own modules, because nothing else may be loaded beside the server.
 */
import cluster from "node:cluster";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { guardOutputs } from "./start/guard-outputs.mjs";
import { webServer } from "./start/paths.mjs";

const jsonConsole = new URL("./start/json-console.mjs", import.meta.url).href;
/** Each process has a database pool of its own, and PostgreSQL 100 connections unless told otherwise. */
const mostUnasked = 4;
/** A server that ends by itself so soon refuses to start: its settings or its port are wrong, and stay so. */
const startingMs = Number(process.argv[3] ?? 10_000);
const mostEndsAMinute = 3;
/** Requests under way may end; live streams end at once, and their browsers come back. */
const graceMs = 8_000;

function processCount() {
  const asked = process.env.POSTURIO_WEB_PROCESSES;
  if (!asked) return Math.min(availableParallelism(), mostUnasked);
  if (/^[1-9]\d?$/.test(asked)) return Number(asked);
  tell("fatal", "Not starting. POSTURIO_WEB_PROCESSES is not a whole number from 1 to 99.");
  process.exit(1);
}

function tell(level, message) {
  const line = { level, at: new Date().toISOString(), app: "posturio", pid: process.pid, message };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

const children = () => Object.values(cluster.workers ?? {});
let ending = false;
let ends = [];

async function end(code) {
  if (ending) return;
  ending = true;
  for (const child of children()) child.process.kill("SIGTERM");
  for (const last = Date.now() + graceMs; children().length > 0 && Date.now() < last; ) await sleep(25);
  for (const child of children()) child.process.kill("SIGKILL");
  process.exit(code);
}

function start() {
  const startedAt = Date.now();
  const child = cluster.fork();
  child.on("exit", (code, signal) => {
    if (ending) return;
    const now = Date.now();
    const how = signal ?? `exit code ${code}`;
    ends = [...ends.filter((at) => now - at < 60_000), now];
    const refuses = signal === null && now - startedAt < startingMs;
    if (refuses || ends.length > mostEndsAMinute) {
      tell("fatal", `A web process ended (${how}), and so do all.`);
      void end(1);
      return;
    }
    tell("error", `A web process ended (${how}) and is started again.`);
    setTimeout(() => ending || start(), 500);
  });
}

guardOutputs();
const count = processCount();
cluster.setupPrimary({
  exec: resolve(process.argv[2] ?? webServer),
  args: [],
  // What a page is rendered from dies young with this. Who preloads a module means this process: Node itself ends the
  // others when this one is gone.
  execArgv: ["--max-semi-space-size=32", "--import", jsonConsole, ...withoutPreloads(process.execArgv)],
});
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => void end(0));
for (let made = 0; made < count; made += 1) start();

function withoutPreloads(options) {
  return options.filter((option, index) => option !== "--import" && options[index - 1] !== "--import");
}
