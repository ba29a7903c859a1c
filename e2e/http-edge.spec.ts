import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { everyAction } from "./actions";
import { type RawAnswer, rawRequest } from "./raw-request";
import { demo, productHome } from "./start-product";

const cursor = (key: unknown) => Buffer.from(JSON.stringify(key)).toString("base64url");
const token = () => ({ authorization: `Bearer ${demo().apiToken}` });
const follow = async (path: string, headers: Record<string, string>): Promise<RawAnswer> => {
  const answer = await rawRequest("GET", path, { headers });
  return answer.status === 307 && answer.headers.location !== undefined
    ? rawRequest("GET", answer.headers.location, { headers })
    : answer;
};

/** Where the log of the web processes ends now. */
let logged = 0;
const log = () => readFileSync(join(productHome(), "logs", "web.log"), "utf8");

test.beforeEach(() => {
  logged = log().length;
});

test.afterEach(() => {
  const lines = log().slice(logged).split("\n");
  expect(lines.filter((line) => /"level":"(error|fatal)"|^\s+at /.test(line))).toEqual([]);
});

test("what no list handed out, and what no text can hold, is refused by name", async () => {
  for (const path of [
    "/findings?q=%00",
    "/findings?checkId=%00",
    `/findings?cursor=${cursor([99_999_999_999, "x", "y"])}`,
    `/findings?cursor=${cursor([1, "2026-01-01T00:00:00.000000Z\0", "00000000-0000-4000-8000-000000000000"])}`,
    `/scans?cursor=${cursor([99_999_999_999])}`,
    `/scans?cursor=${cursor([1e300])}`,
    `/accounts?cursor=${cursor(["\0"])}`,
    "/scans/99999999999",
    "/scans/1/calls/99999999999",
    "/findings/%00",
  ]) {
    const { status, headers } = await rawRequest("GET", `/api/v1${path}`, { headers: token() });
    expect([path, status, headers["content-type"]]).toEqual([path, 422, "application/problem+json"]);
  }
});

test("a method that nothing has is refused as such, everywhere", async () => {
  const paths = [
    "/",
    "/login",
    "/checks",
    "/api/v1/accounts",
    "/api/v1/nothing",
    "/api/health",
    "/api/auth/csrf",
  ];
  for (const method of ["TRACE", "PROPFIND", "QUERY", "SEARCH"]) {
    for (const path of paths) {
      const { status, headers } = await rawRequest(method, path);
      expect([method, path, status]).toEqual([method, path, 405]);
      expect(headers.allow).toContain("GET");
    }
  }
  const wrong = await rawRequest("PUT", "/api/v1/findings/PST-1/looks", { headers: token() });
  expect([wrong.status, wrong.headers.allow]).toEqual([405, "DELETE, OPTIONS, POST"]);
  for (const method of ["PUT", "PATCH", "DELETE", "OPTIONS"]) {
    expect([method, (await rawRequest(method, "/login")).status]).toEqual([method, 405]);
  }
});

test("a page that there is not is not found, however it is asked for", async () => {
  const data = { rsc: "1" };
  for (const path of ["/checks/nothing", "/checks/nothing/try", "/checks/nothing/preview.png", "/nothing"]) {
    expect([path, (await follow(path, {})).status]).toEqual([path, 404]);
    expect([path, (await follow(path, data)).status]).toEqual([path, 404]);
    const ahead = { ...data, "next-router-prefetch": "1" };
    expect([path, (await follow(path, ahead)).status]).toEqual([path, 404]);
    const segment = { ...ahead, "next-router-segment-prefetch": "/_tree" };
    expect([path, (await follow(path, segment)).status]).toEqual([path, 404]);
  }
  expect((await rawRequest("GET", "/checks/nothing.rsc")).status).toBe(404);
  for (const path of ["/%", "/checks/%00", "/o/%00", "/login?return=%00", "/invite/%00"]) {
    expect([path, (await rawRequest("GET", path)).status]).toEqual([path, 404]);
  }
  expect((await follow("/checks/cloudtrail-not-multi-region", data)).status).toBe(200);
  for (const state of ["x", "%", "{}", "%5B"]) {
    expect([state, (await follow("/login", { ...data, "next-router-state-tree": state })).status]).toEqual([
      state,
      200,
    ]);
  }
});

test("what no form sends is refused, and no error of ours", async () => {
  const signIn = everyAction().find(({ name }) => name === "signIn");
  const call = (type: string, body: string, headers: Record<string, string> = {}) =>
    rawRequest("POST", "/login", {
      body,
      headers: {
        "content-type": type,
        "next-action": signIn?.id ?? "",
        origin: demo().url,
        accept: "text/x-component",
        ...headers,
      },
    });
  const plain = "text/plain;charset=UTF-8";
  const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
  for (const body of [
    "",
    "null",
    "{",
    "1",
    '"x"',
    '["$F1"]',
    '["$h1"]',
    '["$1"]',
    '["$Q1"]',
    '["$B1"]',
    '["$nx"]',
    deep,
  ]) {
    expect([body.slice(0, 20), (await call(plain, body)).status]).toEqual([body.slice(0, 20), 400]);
  }
  const boundary = "----posturio";
  const multipart = `multipart/form-data; boundary=${boundary}`;
  const parts = (...fields: (readonly [string, string])[]) =>
    `${fields.map(([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join("")}--${boundary}--\r\n`;
  for (const body of [
    parts(),
    parts(["0", "null"]),
    parts(["1_email", "a@b.example"]),
    parts(["0", '["$1"]'], ["1", '["$1"]']),
    parts(["0", '[null,"$F1"]']),
    parts(["0", '[null,"$K1"]'], ["1_e\0mail", "x"]),
    `--${boundary}\r\nbroken`,
  ]) {
    expect([body, (await call(multipart, body)).status]).toEqual([body, 400]);
  }
  expect((await call("multipart/form-data", "x")).status).toBe(400);
  for (const body of [
    parts(["$ACTION_REF_1", ""], ["$ACTION_1:0", "null"]),
    parts(
      ["$ACTION_REF_1", ""],
      ["$ACTION_1:0", JSON.stringify({ id: signIn?.id, bound: "$@1" })],
      ["$ACTION_1:1", "null"],
    ),
  ]) {
    const headers = { "content-type": multipart, origin: demo().url };
    expect([body, (await rawRequest("POST", "/login", { headers, body })).status]).toEqual([body, 400]);
  }
  const good = parts(["1_email", "a@b.example"], ["1_password", "no such person"], ["0", '[null,"$K1"]']);
  expect((await call(multipart, good)).status).toBe(200);
  const nul = await call(plain, JSON.stringify([null, { email: "a\0@b.example", password: "x" }]));
  expect(nul.text).toContain('"invalid_input"');
});

test("the installation answers under its own name only, and probes under every one", async () => {
  const { port } = new URL(demo().url);
  for (const path of [
    "/",
    "/login",
    "/api/v1/accounts",
    "/api/auth/csrf",
    "/api/v1/openapi.json",
    "/nothing",
  ]) {
    const { status, headers } = await rawRequest("GET", path, {
      headers: { host: `evil.example:${port}`, ...token() },
    });
    expect([path, status]).toEqual([path, 421]);
    expect(headers["set-cookie"]).toBeUndefined();
  }
  expect((await rawRequest("GET", "/api/health", { headers: { host: "10.0.0.7" } })).status).toBe(200);
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`]) {
    expect((await rawRequest("GET", "/login", { headers: { host } })).status).toBe(200);
  }
});

test("a foreign origin changes nothing, even where its browser takes us for the same", async () => {
  const foreign = { origin: "http://evil.example", "sec-fetch-site": "same-origin" };
  const body = "email=a%40b.example&password=x";
  const form = { "content-type": "application/x-www-form-urlencoded" };
  for (const path of ["/login", "/api/auth/callback/credentials", "/api/auth/signout"]) {
    const { status } = await rawRequest("POST", path, { headers: { ...form, ...foreign }, body });
    expect([path, status]).toEqual([path, 403]);
  }
});
