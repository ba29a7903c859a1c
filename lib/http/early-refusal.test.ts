import { NextRequest } from "next/server";
import { describe, expect, it } from "vitest";
import { earlyRefusal } from "./early-refusal";

/** POSTURIO_URL unless configured. */
const app = "http://localhost:3000";

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly endpoint?: readonly string[];
}

async function ask(path: string, { method = "GET", headers = {}, body, endpoint }: Asked = {}) {
  const request = new NextRequest(`${app}${path}`, {
    method,
    headers: { host: "localhost:3000", ...headers },
    ...(body === undefined ? {} : { body }),
  });
  return earlyRefusal(request, endpoint ?? null);
}

const status = async (path: string, asked?: Asked) => (await ask(path, asked))?.status ?? "goes on";

describe("another Host", () => {
  it.each(["evil.example", "localhost", "localhost:3001", "localhost.evil.example:3000", ""])(
    "%j is refused",
    async (host) => {
      const refused = await ask("/sign-in", { headers: { host } });
      expect(refused?.status).toBe(421);
      expect(await refused?.text()).toContain(app);
      expect(refused?.headers.get("cache-control")).toBe("no-store");
      for (const path of ["/api/v1/findings", "/api/auth/session", "/api/healthy", "/x/api/health", "/"]) {
        expect(await status(path, { headers: { host } })).toBe(421);
      }
    },
  );

  it("is what probes ask by", async () => {
    for (const path of ["/api/health", "/api/health/live"]) {
      expect(await status(path, { headers: { host: "10.0.0.9:3000" } })).toBe("goes on");
    }
  });
});

describe("a method", () => {
  it.each([
    ["/sign-in", "GET", "goes on"],
    ["/sign-in", "HEAD", "goes on"],
    ["/sign-in", "POST", "goes on"],
    ["/sign-in", "PUT", 405],
    ["/sign-in", "DELETE", 405],
    ["/sign-in", "OPTIONS", 405],
    ["/sign-in", "NONE", 405],
    ["/api/auth/session", "DELETE", "goes on"],
    ["/api/auth/session", "OPTIONS", "goes on"],
    ["/api/auth/session", "NONE", 405],
    ["/apish", "DELETE", 405],
  ])("%s %s: %s", async (path, method, expected) => {
    expect(await status(path, { method })).toBe(expected);
  });

  it("of an endpoint that has others is told which", async () => {
    const refused = await ask("/api/v1/findings", { method: "DELETE", endpoint: ["GET", "HEAD"] });
    expect(refused?.status).toBe(405);
    expect(refused?.headers.get("allow")).toBe("GET, HEAD");
    expect(await status("/api/v1/findings", { endpoint: ["GET", "HEAD"] })).toBe("goes on");
  });
});

describe("a foreign Origin", () => {
  const post = (headers: Record<string, string>, path = "/o/acme/accounts") =>
    status(path, { method: "POST", headers });

  it.each(["https://evil.example", "null", "http://localhost", "https://localhost:3000", ""])(
    "%j changes nothing, whatever Sec-Fetch-Site says",
    async (origin) => {
      expect(await post({ origin })).toBe(403);
      expect(await post({ origin, "sec-fetch-site": "same-origin" })).toBe(403);
    },
  );

  it("is also our own under another name than the one that is asked", async () => {
    expect(await post({ origin: app, host: "127.0.0.1:3000" })).toBe(403);
    expect(await post({ origin: "http://127.0.0.1:3000", host: "127.0.0.1:3000" })).toBe("goes on");
  });

  it("is none of ours, and not one that is missing", async () => {
    expect(await post({ origin: app })).toBe("goes on");
    expect(await post({ origin: app, host: "LOCALHOST:3000" })).toBe("goes on");
    expect(await post({})).toBe("goes on");
  });

  it("may read what everybody may read", async () => {
    expect(await status("/sign-in", { headers: { origin: "https://evil.example" } })).toBe("goes on");
  });

  it("is for the API to judge, which knows its tokens", async () => {
    expect(await post({ origin: "https://evil.example" }, "/api/v1/accounts")).toBe("goes on");
  });
});

it("a body that no form of ours sends is refused, on pages alone", async () => {
  const call = { method: "POST", headers: { "next-action": "x", "content-type": "text/plain" }, body: "{" };
  expect(await status("/sign-in", call)).toBe(400);
  expect(await status("/sign-in", { ...call, body: "[]" })).toBe("goes on");
  expect(await status("/api/v1/accounts", call)).toBe("goes on");
});
