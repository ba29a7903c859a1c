import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { PassThrough } from "node:stream";
import { gunzipSync } from "node:zlib";
// @ts-expect-error: the framework has no types for what it bundles
import compression from "next/dist/compiled/compression";
import { pipeNodeReadableToNodeResponse } from "next/dist/server/pipe-readable";
import { afterEach, beforeAll, expect, test } from "vitest";
import { installWholePages } from "./whole-pages";

const compress = compression() as (
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
) => void;

const html = "text/html; charset=utf-8";
const text = Array.from({ length: 20 }, (_, part) => `<p>${part} ${"ö".repeat(3_000)}</p>`).join("");

beforeAll(installWholePages);

let stop: (() => void) | undefined;
afterEach(() => stop?.());

/** What a client gets of an answer that is compressed and written as the framework does it. */
async function got(
  write: (response: ServerResponse) => void | Promise<void>,
  { method = "GET", accept = "gzip, deflate" } = {},
) {
  const server = createServer((asked, response) => compress(asked, response, () => void write(response)));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  stop = () => server.close();
  const { port } = server.address() as AddressInfo;
  const asked = request({ port, host: "127.0.0.1", method, headers: { "accept-encoding": accept } });
  asked.end();
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  const pieces: Buffer[] = [];
  for await (const piece of answer) pieces.push(piece as Buffer);
  return { status: answer.statusCode, headers: answer.headers, pieces, body: Buffer.concat(pieces) };
}

/** A page in twenty parts, by the framework's own writer. */
async function pipe(response: ServerResponse, type = html): Promise<void> {
  response.setHeader("content-type", type);
  const parts = new PassThrough();
  const sent = pipeNodeReadableToNodeResponse(parts, response);
  for (const part of text.match(/<p>.*?<\/p>/g) ?? []) {
    parts.write(Buffer.from(part));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  parts.end();
  await sent;
}

test("a page comes whole, compressed, and with its length", async () => {
  const { headers, pieces, body } = await got((response) => pipe(response));
  expect(String(gunzipSync(body))).toBe(text);
  expect(pieces).toHaveLength(1);
  expect(headers).toMatchObject({
    "content-encoding": "gzip",
    "content-length": String(body.length),
    vary: "Accept-Encoding",
  });
});

test("so does one that is written at once, with its status", async () => {
  const { status, body } = await got((response) => {
    response.statusCode = 404;
    response.setHeader("content-type", html);
    response.setHeader("content-length", Buffer.byteLength(text));
    response.end(text);
  });
  expect(status).toBe(404);
  expect(String(gunzipSync(body))).toBe(text);
});

test.each([["identity"], ["gzip;q=0"], ["br"]])("who accepts %s gets it as it is", async (accept) => {
  const { headers, body } = await got((response) => pipe(response), { accept });
  expect(headers["content-encoding"]).toBeUndefined();
  expect(String(body)).toBe(text);
});

test("an answer without a body has none", async () => {
  const unchanged = await got((response) => {
    response.setHeader("content-type", html);
    response.writeHead(304).end();
  });
  expect(unchanged).toMatchObject({ status: 304, pieces: [] });
  const head = await got((response) => pipe(response), { method: "HEAD" });
  expect(head).toMatchObject({ status: 200, pieces: [] });
});

test("events come as they happen, and what is no page is compressed as before", async () => {
  const events = await got((response) => pipe(response, "text/event-stream"));
  expect(events.pieces.length).toBeGreaterThan(10);
  expect(String(gunzipSync(events.body))).toBe(text);
  const data = await got((response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(text));
  });
  expect(data.headers["transfer-encoding"]).toBe("chunked");
  expect(JSON.parse(String(gunzipSync(data.body)))).toBe(text);
});

test("what calls back when it is written does so", async () => {
  const order: string[] = [];
  await got((response) => {
    response.setHeader("content-type", html);
    response.write("a", () => order.push("written"));
    response.end("b", () => order.push("ended"));
  });
  expect(order).toEqual(["written", "ended"]);
});
