import { expect, test } from "@playwright/test";
import { permissions, type Role } from "@/lib/tenancy/permissions";
import { type Action, callAction, cookiesOf, everyAction } from "./actions";
import { demoIds } from "./api";
import { stranger } from "./people";
import { rawRequest } from "./raw-request";
import { everyRoute, fill, type Ids } from "./routes";
import { demo } from "./start-product";
import { startWithoutProxy } from "./without-proxy";

/** No action takes this: who gets as far as the input is told so, and nothing happens. */
const noInput = { "no such field": 1 };

const actions = everyAction();
const ofOrganizations = actions.filter(({ kind }) => kind === "organization");
const ofPeople = actions.filter(({ kind }) => kind === "person");

let ids: Ids;
let admin: string;
let outsider: string;
const members = new Map<Role, string>();
let withoutProxy: Awaited<ReturnType<typeof startWithoutProxy>>;

function named(name: string): Action {
  const action = actions.find((one) => one.name === name);
  if (action === undefined) throw new Error(`There is no action ${name}`);
  return action;
}

async function signedIn(person: { email: string; password: string }): Promise<string> {
  const { email, password } = person;
  return cookiesOf(await callAction(named("signIn"), [null, { email, password }], { ids }));
}

/** Somebody who was invited with the role, and joined. */
async function member(role: Role): Promise<string> {
  const { name, email, password } = stranger(role);
  const invited = await callAction(named("invite"), [ids.org, null, { email, role, canApprove: false }], {
    ids,
    cookie: admin,
  });
  const { link } = (invited.result?.value ?? {}) as { link?: string };
  const secret = link?.split("/").at(-1);
  expect(secret, invited.text).toBeTruthy();
  return cookiesOf(await callAction(named("acceptAndSignUp"), [null, { secret, name, password }], { ids }));
}

test.beforeAll(async ({ request }) => {
  ids = await demoIds(request);
  admin = await signedIn(demo());
  for (const role of ["lead", "member", "auditor"] as const) members.set(role, await member(role));
  members.set("admin", admin);
  const bea = stranger("Bea");
  await callAction(named("signUp"), [null, bea], { ids });
  outsider = await signedIn(bea);
  await callAction(named("addOrganization"), [null, { name: "Brightline Health" }], {
    ids,
    cookie: outsider,
  });
  withoutProxy = await startWithoutProxy();
});

test.afterAll(async () => {
  await withoutProxy?.stop();
});

test("every action goes through a wrapper that says who may call it", () => {
  expect(actions.length).toBeGreaterThan(25);
  // Signing out is the wrapped action and then the cookie.
  expect(actions.filter(({ kind }) => kind === "other").map(({ name }) => name)).toEqual(["signOut"]);
  expect(ofOrganizations.filter(({ permission }) => permission === null)).toEqual([]);
});

test("the second server has no proxy", async () => {
  const policy = "content-security-policy";
  expect((await rawRequest("GET", "/login")).headers[policy]).toBeDefined();
  const bare = await rawRequest("GET", "/login", { port: withoutProxy.port });
  expect(bare.status).toBe(200);
  expect(bare.headers[policy]).toBeUndefined();
});

for (const proxy of ["with proxy.ts", "without proxy.ts"]) {
  const port = () => (proxy === "with proxy.ts" ? undefined : withoutProxy.port);
  const call = async (action: Action, cookie: string | undefined, headers: Record<string, string> = {}) => {
    const at = port();
    const answer = await callAction(action, [ids.org, noInput, noInput], {
      ids,
      headers,
      ...(cookie === undefined ? {} : { cookie }),
      ...(at === undefined ? {} : { port: at }),
    });
    return answer.result?.code ?? `${answer.status}`;
  };

  test(`${proxy}: every action but those of everybody is refused to who is signed out`, async () => {
    for (const action of [...ofOrganizations, ...ofPeople]) {
      expect([action.name, await call(action, undefined)]).toEqual([action.name, "unauthenticated"]);
      expect([action.name, await call(action, "posturio.sid=forged")]).toEqual([
        action.name,
        "unauthenticated",
      ]);
    }
  });

  test(`${proxy}: every action of an organization is unknown to who is in another one`, async () => {
    for (const action of ofOrganizations) {
      expect([action.name, await call(action, outsider)]).toEqual([action.name, "not_found"]);
    }
  });

  for (const role of ["admin", "lead", "member", "auditor"] as const) {
    test(`${proxy}: every action is as open to the role ${role} as its permission says`, async () => {
      for (const action of ofOrganizations) {
        const { roles } = permissions[action.permission ?? "organization.view"];
        const expected = (roles as readonly Role[]).includes(role) ? "invalid_input" : "forbidden";
        expect([action.name, await call(action, members.get(role))]).toEqual([action.name, expected]);
      }
    });
  }

  test(`${proxy}: no page of another origin calls an action, whatever its browser says`, async () => {
    const rebound = { origin: "http://evil.example", "sec-fetch-site": "same-origin" };
    for (const action of actions) {
      const code = await call(action, admin, rebound);
      expect([action.name, code]).not.toEqual([action.name, "invalid_input"]);
      expect([action.name, Number(code) >= 400 || code === "foreign_origin"]).toEqual([action.name, true]);
    }
    // Signed in as before: nobody was signed out by another site either.
    const own = await rawRequest("GET", `/o/${ids.org}/settings/members`, { headers: { cookie: admin } });
    expect(own.status).toBe(200);
  });

  test(`${proxy}: no page of an organization, and no endpoint, answers who is signed out or elsewhere`, async () => {
    const at = port();
    const get = (path: string, headers: Record<string, string> = {}) =>
      rawRequest("GET", path, { headers, ...(at === undefined ? {} : { port: at }) });
    for (const { pattern, kind } of everyRoute()) {
      if (pattern.startsWith("/o/[org]")) {
        const path = fill(pattern, ids);
        const out = await get(path);
        expect([pattern, [303, 307, 401, 404].includes(out.status)]).toEqual([pattern, true]);
        if (kind === "page" && out.status < 400) expect(out.headers.location).toContain("/login");
        expect([pattern, (await get(path, { cookie: outsider })).status]).toEqual([pattern, 404]);
        const data = await get(path, { cookie: outsider, rsc: "1" });
        expect([pattern, data.status === 404 || data.status === 307]).toEqual([pattern, true]);
        expect(data.text).not.toContain(ids.accountId);
      } else if (pattern.startsWith("/api/v1") && !pattern.endsWith("openapi.json")) {
        const { status } = await get(fill(pattern, ids), { cookie: admin });
        expect([pattern, [401, 405].includes(status)]).toEqual([pattern, true]);
      }
    }
  });
}
