import { NextRequest } from "next/server";
import { expect, it } from "vitest";
import { refuseOddRequest } from "./odd-request";

const origin = "http://localhost:3000";
interface Init {
  readonly type?: string;
  readonly body?: string;
  readonly cookie?: string;
}

const refuse = async (method: string, path: string, init: Init = {}) => {
  const headers = new Headers();
  if (init.type !== undefined) headers.set("content-type", init.type);
  if (init.cookie !== undefined) headers.set("cookie", init.cookie);
  const request = new NextRequest(`${origin}/api/auth/${path}`, {
    method,
    headers,
    ...(init.body === undefined ? {} : { body: init.body }),
  });
  const { pathname } = new URL(request.url);
  const refused = await refuseOddRequest(request, pathname.split("/").slice(3).map(decodeURIComponent));
  return { refused, request };
};
const ask = async (method: string, path: string, init: Init = {}) =>
  (await refuse(method, path, init)).refused?.status ?? "goes on";
const json = "application/json";

it.each([
  ["GET", "csrf", "goes on"],
  ["HEAD", "csrf", "goes on"],
  ["GET", "session", "goes on"],
  ["POST", "session", "goes on"],
  ["GET", "providers", "goes on"],
  ["POST", "signin", "goes on"],
  ["POST", "signin/credentials", "goes on"],
  ["POST", "signout", "goes on"],
  ["GET", "signin?callbackUrl=", "goes on"],
  ["GET", `signin?callbackUrl=${encodeURIComponent("/welcome")}`, "goes on"],
  ["GET", `signin?callbackUrl=${encodeURIComponent(`${origin}/welcome`)}`, "goes on"],
  ["GET", "error?error=CredentialsSignin", "goes on"],
  ["GET", `error?error=${encodeURIComponent("The e-mail address or password is incorrect.")}`, "goes on"],
  ["GET", "callback/credentials", 405],
  ["DELETE", "callback/credentials", 405],
  ["POST", "error", 405],
  ["POST", "csrf", 405],
  ["GET", "callback", 404],
  ["POST", "callback", 404],
  ["POST", "callback/email", 404],
  ["GET", "signin/credentials/more", 404],
  ["GET", "constructor", 404],
  ["GET", "_log", 404],
  ["GET", "error?error=a%0ab", 400],
  ["GET", "error?error=a%00b", 400],
  ["GET", "error?error=%7F", 400],
  ["GET", "error?error=%C3%A9", 400],
  ["GET", "error?error=%E2%82%AC", 400],
  ["GET", "error?error=%FF", 400],
  ["GET", "error?%C4%80=1", 400],
  ["GET", `error?error=${"x".repeat(2000)}`, "goes on"],
  ["GET", `error?error=${"x".repeat(2001)}`, 400],
  ["GET", "signin?callbackUrl=%C4%80", 400],
  ["GET", "csrf?callbackUrl=nowhere", 400],
  ["GET", "csrf?callbackUrl=http%3A%2F%2F%5B", 400],
  ["GET", "csrf?callbackUrl=javascript%3A1", 400],
  ["GET", "csrf?callbackUrl=%2F&callbackUrl=nowhere", 400],
])("%s %s: %s", async (method, path, answer) => {
  expect(await ask(method, path)).toBe(answer);
});

it.each([
  [json, '{"email":"a@example.test","password":"x"}', "goes on"],
  [`${json}; charset=utf-8`, '{"email":"a@example.test"}', "goes on"],
  [json, "{", 400],
  [json, "", 400],
  [json, "null", 400],
  [json, "[]", 400],
  [json, '"text"', 400],
  [json, '{"email":{"$ne":1}}', 400],
  [json, '{"csrfToken":["a"]}', 400],
  [json, `{"email":"${"x".repeat(10_000)}"}`, 400],
  ["application/x-www-form-urlencoded", "email=a&password=%00", "goes on"],
  ["application/x-www-form-urlencoded", "%", "goes on"],
  ["text/plain", "{", "goes on"],
])("a body of %s: %s: %s", async (type, body, answer) => {
  expect(await ask("POST", "callback/credentials", { type, body })).toBe(answer);
});

it("a cookie that names no address to return to is refused", async () => {
  for (const text of ["nowhere", `${origin}/\u20ac`, `${origin}/\0`]) {
    expect(await ask("GET", "csrf", { cookie: `posturio.return=${encodeURIComponent(text)}` })).toBe(400);
  }
  expect(
    await ask("GET", "csrf", { cookie: `posturio.return=${encodeURIComponent(`${origin}/o/acme`)}` }),
  ).toBe("goes on");
});

it("a refusal is kept nowhere, and says which methods there are", async () => {
  const { refused } = await refuse("POST", "error");
  expect(refused?.headers.get("allow")).toBe("GET");
  expect(refused?.headers.get("cache-control")).toBe("no-store");
});

it("the body of what goes on is left to next-auth", async () => {
  const body = '{"email":"a@example.test","password":"x"}';
  const { refused, request } = await refuse("POST", "callback/credentials", { type: json, body });
  expect(refused).toBeNull();
  expect(await request.text()).toBe(body);
});
