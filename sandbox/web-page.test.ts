import { request } from "node:http";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "./server";
import { clients, scannerKeys } from "./testing/clients";
import { demoAccounts, demoWorld } from "./worlds/demo";

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox({ world: demoWorld() });
});

afterEach(async () => {
  await sandbox.close();
});

/** As a browser sends it: fetch of Node sets neither Host nor what browsers alone may set. */
function send(method: string, path: string, headers: Record<string, string>, body = ""): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = sandbox;
    const sent = request({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode ?? 0));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const roles = () => sandbox.control.world.accounts.get(demoAccounts.prod)?.roles;
const credential = `X-Amz-Credential=AKIA${demoAccounts.prod}TEST/20261122/us-east-1/iam/aws4_request`;
const trust = encodeURIComponent('{"Version":"2012-10-17","Statement":[]}');
const createRole = `Action=CreateRole&Version=2010-05-08&RoleName=Planted&AssumeRolePolicyDocument=${trust}`;
const form = { "content-type": "application/x-www-form-urlencoded" };

test("a client of AWS creates a role, by every name of this machine and by that of a container", async () => {
  await clients(sandbox.url, scannerKeys).sts.send(new GetCallerIdentityCommand({}));
  const { port } = sandbox;
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`, "sandbox:4566"]) {
    roles()?.delete("Planted");
    expect([host, await send("POST", `/?${credential}`, { ...form, host }, createRole)]).toEqual([host, 200]);
    expect(roles()?.has("Planted")).toBe(true);
  }
});

test.each([
  ["a form of another site", "POST", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
  ["a form without an origin of its own", "POST", { origin: "null" }],
  ["an image", "GET", { "sec-fetch-site": "cross-site" }],
  ["an image, for a browser that says only where it is", "GET", { referer: "https://evil.example/" }],
  ["a page whose name was turned to this machine", "POST", { host: "evil.example:4566" }],
  ["the same, with the name of this machine in it", "POST", { host: "127.0.0.1.evil.example" }],
] as const)("%s changes nothing and steers nothing", async (_who, method, headers) => {
  const all = { host: `127.0.0.1:${sandbox.port}`, ...form, ...headers };
  const [path, body] = method === "POST" ? [credential, createRole] : [`${credential}&${createRole}`, ""];
  expect(await send(method, `/?${path}`, all, body)).toBe(403);
  expect(roles()?.has("Planted")).toBe(false);
  const before = sandbox.control.world.now();
  expect(await send("POST", "/_sandbox/time", all, '{"advance": "30d"}')).toBe(403);
  expect(sandbox.control.world.now() - before).toBeLessThan(3_600_000);
  expect(await send("GET", "/_sandbox/state", all)).toBe(403);
});

test("somebody who types the address sees the state", async () => {
  const headers = { host: `localhost:${sandbox.port}`, "sec-fetch-site": "none" };
  expect(await send("GET", "/_sandbox/state", headers)).toBe(200);
});
