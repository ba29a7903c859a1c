import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

// A web process in small: told to end, it takes no more connections, and Node waits for those it has.

let folder: string;
let web: ChildProcess;
let port: number;
let opened: Socket[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "posturio-end-"));
  writeFileSync(
    join(folder, "web.mts"),
    `import { createServer } from "node:http";
     import { installEndOfConnections } from ${JSON.stringify(join(process.cwd(), "lib/http/end-connections.ts"))};
     const server = createServer((request, response) => {
       const ms = Number(request.url.slice(1));
       response.write("begun ");
       setTimeout(() => response.end("done"), ms);
     });
     installEndOfConnections();
     process.on("SIGTERM", () => server.close());
     server.listen(0, "127.0.0.1", () => console.log(server.address().port));`,
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(async () => {
  opened = [];
  web = spawn(process.execPath, ["--import", "tsx", join(folder, "web.mts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(web.stdout ?? web, "data");
  port = Number(String(line));
});

afterEach(() => {
  for (const socket of opened) socket.destroy();
  web.kill("SIGKILL");
});

/** A connection that stays open, as a browser's does. */
async function open() {
  const socket = connect(port, "127.0.0.1");
  opened.push(socket);
  let text = "";
  socket.setEncoding("utf8").on("data", (chunk) => {
    text += chunk;
  });
  await once(socket, "connect");
  return {
    ask: (ms: number) => socket.write(`GET /${ms} HTTP/1.1\r\nHost: x\r\n\r\n`),
    text: () => text,
    isOpen: () => !socket.destroyed && !socket.readableEnded,
  };
}

const answers = (text: string) => text.split("done").length - 1;

test("a connection is used again as long as nobody told the process to end", {
  timeout: 20_000,
}, async () => {
  const one = await open();
  for (let asked = 1; asked <= 3; asked += 1) {
    one.ask(0);
    await expect.poll(() => answers(one.text())).toBe(asked);
  }
  await sleep(100);
  expect(one.isOpen()).toBe(true);
});

test("the end waits for no connection that browsers keep or open ahead of need", {
  timeout: 20_000,
}, async () => {
  const used = await open();
  used.ask(0);
  await expect.poll(() => answers(used.text())).toBe(1);
  await open();
  const told = Date.now();
  web.kill("SIGTERM");
  await once(web, "exit");
  expect(Date.now() - told).toBeLessThan(3_000);
});

test("an answer under way is sent whole, and its connection ends with it", { timeout: 20_000 }, async () => {
  const [short, long] = [await open(), await open()];
  await open();
  short.ask(700);
  long.ask(1_500);
  await expect.poll(() => short.text() + long.text()).toMatch(/begun[\s\S]*begun/);
  const told = Date.now();
  web.kill("SIGTERM");
  await expect.poll(() => answers(short.text()), { timeout: 5_000 }).toBe(1);
  await expect.poll(short.isOpen).toBe(false);
  // The other one has not been cut meanwhile.
  expect(answers(long.text())).toBe(0);
  await once(web, "exit");
  expect(answers(long.text())).toBe(1);
  expect(Date.now() - told).toBeLessThan(5_000);
});
