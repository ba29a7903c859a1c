import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import { AppError } from "@/lib/errors";
import type { Step } from "@/lib/tenancy/steps";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { answerInSteps } from "./answer-in-steps";
import { changeOnce } from "./change-once";

const database = testDatabase();

let acme: TenantContext;
let request: { keyHash: string; requestHash: string };

beforeEach(async () => {
  acme = await database.makeOrganization("Acme");
  request = { keyHash: randomUUID(), requestHash: "a" };
});

const answer = (perform: (step: Step) => Promise<unknown>) => answerInSteps(acme, request, 200, perform);
const add = (name: string) =>
  withTenant(acme, (db) => db.counter.create({ data: { tenantId: acme.tenantId, name, value: 1 } }));
const names = async () =>
  (
    await database.sql<{ name: string }>("SELECT name FROM counters WHERE tenant_id = $1 ORDER BY name", [
      acme.tenantId,
    ])
  ).map(({ name }) => name);

/** Three steps, each of which can be done only once: the second time its name is taken. */
async function three(step: Step, before: (name: string) => Promise<void> = async () => {}) {
  const said: string[] = [];
  for (const name of ["a", "b", "c"]) {
    await before(name);
    said.push(await step(name, async () => `${(await add(name)).name} done`));
  }
  return said;
}

const text = async (answered: unknown) => (answered instanceof Response ? answered.json() : answered);

test("steps that were done are not done again, and the answer is the one of all of them", async () => {
  const broken = answer((step) =>
    three(step, async (name) => {
      if (name === "c") throw new Error("the process died");
    }),
  );
  await expect(broken).rejects.toThrow("died");
  expect(await names()).toEqual(["a", "b"]);
  expect(await answer(three)).toEqual(["a done", "b done", "c done"]);
  expect(await names()).toEqual(["a", "b", "c"]);
});

test("a step and what it answered are there together or not at all", async () => {
  await database.sql(`
    CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'planned'; END $$;
    CREATE TRIGGER fail BEFORE INSERT ON idempotency_keys FOR EACH ROW EXECUTE FUNCTION fail()`);
  try {
    await expect(answer(three)).rejects.toThrow("planned");
  } finally {
    await database.sql("DROP TRIGGER fail ON idempotency_keys; DROP FUNCTION fail()");
  }
  expect(await names()).toEqual([]);
});

test("one that another request with the key overtook stops, and gets that one's answer", async () => {
  for (const overtakenAt of ["a", "b", "c"]) {
    request = { keyHash: randomUUID(), requestHash: "a" };
    await database.sql("DELETE FROM counters");
    const slow = answer((step) =>
      three(step, async (name) => {
        if (name === overtakenAt) await answer(three);
      }),
    );
    expect(await text(await slow)).toEqual(["a done", "b done", "c done"]);
    expect(await names()).toEqual(["a", "b", "c"]);
  }
});

test("one that is overtaken after its last step gets the first answer too", async () => {
  const slow = answer(async (step) => {
    const said = await three(step);
    await answer(three);
    return [...said, "late"];
  });
  expect(await text(await slow)).toEqual(["a done", "b done", "c done"]);
});

test("what is said of the key itself is never kept as its answer", async () => {
  const refused = answer(async () => {
    throw new AppError("idempotency_in_progress", "Wait.", { retryAfter: 1 });
  });
  await expect(refused).rejects.toMatchObject({ code: "idempotency_in_progress" });
  expect(await answer(three)).toEqual(["a done", "b done", "c done"]);
});

test("a change of a page that is sent again under its name happens once, and says what it said", async () => {
  const name = randomUUID();
  const send = (input: unknown) => changeOnce(acme, name, input, three);
  expect(await send({ a: 1 })).toEqual(["a done", "b done", "c done"]);
  expect(await send({ a: 1 })).toEqual(["a done", "b done", "c done"]);
  expect(await names()).toEqual(["a", "b", "c"]);
  await expect(send({ a: 2 })).rejects.toMatchObject({ code: "idempotency_key_reused" });
  const refused = () =>
    changeOnce(acme, `${name} refused`, {}, async () => {
      throw new AppError("invalid_input", "Choose somebody else.", { fields: { ownerId: "Not Mina." } });
    });
  await expect(refused()).rejects.toMatchObject({ code: "invalid_input" });
  await expect(refused()).rejects.toMatchObject({ code: "conflict", message: "Choose somebody else." });
});
