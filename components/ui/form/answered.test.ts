import { afterEach, expect, it, vi } from "vitest";
import { answered } from "./answered";

afterEach(() => {
  vi.unstubAllGlobals();
});

function form(): FormData {
  const data = new FormData();
  data.set("name", "acme");
  data.set("password", "typed again");
  data.set("$ACTION_ID_1", "");
  data.append("scopes", "read");
  data.append("scopes", "scan");
  return data;
}

const inBrowser = (onLine: boolean) => {
  vi.stubGlobal("window", {});
  vi.stubGlobal("navigator", { onLine });
};

it("leaves the action alone on the server, so that a form works before scripts have loaded", () => {
  const action = async () => ({ ok: true as const, value: 1 });
  expect(answered(action)).toBe(action);
});

it("turns a lost connection into a failure of the form, with what was typed but no password", async () => {
  inBrowser(true);
  const failure = await answered(async () => Promise.reject(new TypeError("Failed to fetch")))(null, form());
  expect(failure).toMatchObject({ ok: false, values: { name: "acme", scopes: ["read", "scan"] } });
  expect(failure).toHaveProperty("message", expect.stringContaining("did not answer"));
  expect(Object.keys(failure.ok ? {} : failure.values)).toEqual(["name", "scopes"]);
  inBrowser(false);
  const offline = await answered(async () => Promise.reject(new TypeError("Failed to fetch")))(null, form());
  expect(offline).toHaveProperty("message", "You are offline. Nothing was sent.");
});

it("passes on what the server threw: a redirect, a missing page, its own error", async () => {
  inBrowser(true);
  const thrown = Object.assign(new Error("NEXT_REDIRECT"), { digest: "NEXT_REDIRECT;push;/o/acme;307;" });
  await expect(answered(async () => Promise.reject(thrown))(null, form())).rejects.toBe(thrown);
});
