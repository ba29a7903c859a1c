import { afterAll, beforeAll, expect, test } from "vitest";
import { serve } from "./testing/serve";
import { installUnreadableRequests } from "./unreadable-requests";

let server: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  installUnreadableRequests();
  server = await serve((request, response) => {
    response.end(JSON.stringify([request.method, request.headers["next-router-state-tree"] ?? null]));
  });
});

afterAll(() => server.close());

const seen = async (method: string, state?: string) =>
  JSON.parse(
    (await server.ask(method, state === undefined ? {} : { "next-router-state-tree": state })).text,
  ) as unknown;

test("a method that the framework cannot represent becomes one that nobody serves", async () => {
  expect(await seen("TRACE")).toEqual(["NONE", null]);
  for (const method of ["GET", "POST", "DELETE", "OPTIONS"])
    expect(await seen(method)).toEqual([method, null]);
});

test.each([["{}"], ["null"], ["["], ["%"], [""], ['"x"'], ["%5B%22%C3%22%5D"]])(
  "the state of a page that is %j is left out",
  async (state) => expect(await seen("GET", state)).toEqual(["GET", null]),
);

test("the state of a page is left as it is", async () => {
  const state = encodeURIComponent(JSON.stringify(["", { children: ["__PAGE__", {}] }, null, null, true]));
  expect(await seen("GET", state)).toEqual(["GET", state]);
});
