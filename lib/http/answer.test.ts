import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { installAnswers, setAnswer } from "./answer";
import { serve } from "./testing/serve";

let server: Awaited<ReturnType<typeof serve>>;
let handle: (headers: Headers, response: ServerResponse) => "later" | undefined;

const unavailable = (headers: Headers) => {
  setAnswer(headers, 503, { "retry-after": "5" });
  return undefined;
};
const kept = () => (globalThis as { posturioAnswers?: Map<string, unknown> }).posturioAnswers?.size;

beforeAll(async () => {
  installAnswers();
  server = await serve((request, response) => {
    const then = handle(new Headers(request.headers as Record<string, string>), response);
    if (then !== "later") response.end("page");
  });
});

beforeEach(() => {
  handle = unavailable;
});

afterAll(() => server.close());

test("a document gets the status and the headers that its page sets, and is forgotten when it has gone", async () => {
  const answer = await server.ask("GET");
  expect(answer).toMatchObject({ status: 503, headers: { "retry-after": "5" }, text: "page" });
  await expect.poll(kept).toBe(0);
});

test.each([["rsc"], ["next-action"]])("what scripts ask for with %s keeps its status", async (header) => {
  expect((await server.ask("GET", { [header]: "1" })).status).toBe(200);
  expect(kept()).toBe(0);
});

test("no client names the answer of another", async () => {
  let held: { response: ServerResponse; headers: Headers; number: string } | undefined;
  handle = (headers, response) => {
    held = { response, headers, number: headers.get("x-posturio-answer") ?? "" };
    return "later";
  };
  const first = server.ask("GET");
  await expect.poll(() => held?.number).toMatch(/^\d+$/);
  handle = unavailable;
  const forged = { "x-posturio-answer": held?.number ?? "" };
  expect((await server.ask("GET", { ...forged, rsc: "1" })).status).toBe(200);
  expect((await server.ask("GET", forged)).status).toBe(503);
  expect(held?.response.statusCode).toBe(200);
  setAnswer(held?.headers ?? new Headers(), 418, {});
  held?.response.end("page");
  expect((await first).status).toBe(418);
});

test("an answer that has begun stays as it is", async () => {
  handle = (headers, response) => {
    response.writeHead(200).flushHeaders();
    return unavailable(headers);
  };
  expect(await server.ask("GET")).toMatchObject({ status: 200, text: "page" });
});
