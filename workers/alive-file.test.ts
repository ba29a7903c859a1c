import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, utimesSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, createServer as listen, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { touchAliveFile } from "./alive-file";

const folder = mkdtempSync(join(tmpdir(), "posturio-alive-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = join(folder, "alive");

async function healthcheck(service: string, env: Record<string, string>, ...more: readonly string[]) {
  const child = spawn(process.execPath, ["bin/healthcheck.mjs", service, ...more], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  const [status] = (await once(child, "close")) as [number | null];
  return { status, output };
}

test("the worker is healthy from its first touch until it has not touched its file for 30 s", async () => {
  const env = { POSTURIO_ALIVE_FILE: file };
  expect((await healthcheck("worker", env)).status).toBe(1);
  await touchAliveFile(file);
  expect(await healthcheck("worker", env)).toEqual({ status: 0, output: "" });
  const then = Date.now() / 1000 - 31;
  utimesSync(file, then, then);
  expect(await healthcheck("worker", env)).toEqual({
    status: 1,
    output: expect.stringMatching(/was last touched 3\d s ago/),
  });
  await touchAliveFile(file);
  expect((await healthcheck("worker", env)).status).toBe(0);
});

test("without a file that is asked for, nothing is touched", async () => {
  await expect(touchAliveFile()).resolves.toBeUndefined();
});

test("web that does not answer is not healthy", async () => {
  expect((await healthcheck("web", { PORT: "9" })).status).toBe(1);
});

test("web is healthy when it says that it is alive, and not when it answers otherwise", async () => {
  let status = 200;
  const server = createServer((request, response) => {
    response.statusCode = request.url === "/api/health/live" ? status : 503;
    response.end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const env = { PORT: String((server.address() as AddressInfo).port) };
  expect(await healthcheck("web", env)).toEqual({ status: 0, output: "" });
  status = 500;
  expect(await healthcheck("web", env)).toEqual({
    status: 1,
    output: expect.stringContaining("was answered 500"),
  });
  server.close();
});

test("web that takes the call and never answers is not healthy, and the check says so itself", async () => {
  const sockets: Socket[] = [];
  const server = listen((socket) => void sockets.push(socket)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const env = { PORT: String((server.address() as AddressInfo).port) };
  expect(await healthcheck("web", env, "300")).toEqual({
    status: 1,
    output: expect.stringContaining("timeout"),
  });
  expect(sockets).toHaveLength(1);
  for (const socket of sockets) socket.destroy();
  server.close();
});
