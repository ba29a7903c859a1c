import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import { disableUser } from "@/lib/db/system/identity";
import { redeemPasswordReset, replacePasswordHash } from "@/lib/db/system/passwords";
import { testDatabase } from "@/lib/db/testing/database";
import { withClient } from "@/lib/db/with-client";
import { identityTransaction } from "@/lib/tenancy/with-identity";
import { changePassword, signOutEverywhere } from "./password-change";
import { createResetSecret, previewReset, resetPassword } from "./password-reset";
import { keyOf } from "./rate-limit";
import { hashSecret } from "./secret";
import { resolveSession } from "./session";
import { signIn } from "./sign-in";
import { growth } from "./sign-in-turn";
import { registerUser } from "./sign-up";

// A sign-in with the old password and the change of it, side by side, each held where the other could slip past. The
// database itself holds them, by an advisory lock in a trigger: nothing of the product is replaced.

const database = testDatabase();
const password = "several plain words";
const newPassword = "different plain words";
let hop = 0;
const here = () => ({ address: `203.0.113.${++hop}`, userAgent: "" });

/** What waits in triggers: each number is one place. */
const places = { beforeSession: 1, afterPassword: 2, afterVerifying: 3, whileCounting: 4 } as const;

/** Whose wrong passwords are held while they are counted, and from where. */
const counted = { email: "counted@example.test", address: "198.51.100.2" };

beforeAll(async () => {
  await database.sql(`
    CREATE FUNCTION held() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_advisory_xact_lock_shared(TG_ARGV[0]::bigint); RETURN NEW; END $$`);
  await database.sql(`CREATE TRIGGER held BEFORE INSERT ON sessions FOR EACH ROW EXECUTE FUNCTION held('1')`);
  await database.sql(`CREATE TRIGGER held AFTER UPDATE ON users FOR EACH ROW EXECUTE FUNCTION held('2')`);
  await database.sql(`CREATE TRIGGER held AFTER INSERT OR UPDATE ON rate_limits FOR EACH ROW
    WHEN (NEW.key = '${keyOf("signInByAddress", "198.51.100.1")}') EXECUTE FUNCTION held('3')`);
  await database.sql(`CREATE TRIGGER held_counting BEFORE UPDATE ON rate_limits FOR EACH ROW
    WHEN (NEW.key = '${keyOf("fromNetwork", `${counted.email}\n${counted.address}`)}') EXECUTE FUNCTION held('4')`);
});

/** Runs `work` while nothing gets past the place; `release` lets everything on. */
async function holding(
  place: keyof typeof places,
  work: (held: { waiting(count: number): Promise<void>; release(): Promise<void> }) => Promise<void>,
): Promise<void> {
  await withClient(database.superuserUrl, async (client: Client) => {
    await client.query("SELECT pg_advisory_lock($1)", [places[place]]);
    await work({
      waiting: (count) => waitingFor(client, count),
      release: async () => {
        await client.query("SELECT pg_advisory_unlock_all()");
      },
    });
  });
}

/** Resolves when so many statements of this database wait for a lock of any kind. */
async function waitingFor(client: Client, count: number): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if ((rows[0]?.waiting ?? 0) >= count) return;
    await sleep(10);
  }
}

let people = 0;
async function person() {
  const email = `race-${++people}@example.test`;
  await registerUser({ email, name: "Mina Example", password });
  const { userId, sid } = await signIn({ email, password }, here());
  const session = await resolveSession(hashSecret(sid));
  if (session === null) throw new Error("no session");
  return { email, userId, session };
}

type Person = Awaited<ReturnType<typeof person>>;

const byThePerson = ({ session }: Person) =>
  changePassword(session, { currentPassword: password, newPassword }, here());
const changes: readonly [string, (of: Person) => Promise<unknown>][] = [
  ["a change of the password", byThePerson],
  [
    "a reset link",
    async ({ userId }) => resetPassword({ secret: await createResetSecret(userId), newPassword }, here()),
  ],
  ["disabling the user", ({ userId }) => identityTransaction((db) => disableUser(db, userId, new Date()))],
];

const usable = ({ userId, session }: Person) =>
  database.sql(
    `SELECT s.id FROM sessions s JOIN users u ON u.id = s.user_id
     WHERE s.user_id = $1 AND s.revoked_at IS NULL AND u.disabled_at IS NULL AND s.id <> $2`,
    [userId, session.sessionId],
  );

describe.each(changes)("a sign-in with the old password and %s", (_name, change) => {
  it("held after verifying while the change is made: it is refused, and told nothing but that", async () => {
    const me = await person();
    await holding("afterVerifying", async ({ waiting, release }) => {
      const old = signIn({ email: me.email, password }, { address: "198.51.100.1", userAgent: "" });
      const refused = expect(old).rejects.toMatchObject({
        code: "unauthenticated",
        message: "The e-mail address or password is incorrect. Check both and try again.",
      });
      await waiting(1);
      await change(me);
      await release();
      await refused;
    });
    expect(await usable(me)).toEqual([]);
    // Nobody's failure and nobody's success: neither is counted.
    const [counted] = await database.sql("SELECT count FROM rate_limits WHERE key = $1", [
      keyOf("signInByPerson", me.userId),
    ]);
    expect(counted).toEqual({ count: 1 });
  });

  it("held while it starts its session: the change waits for it and ends that session", async () => {
    const me = await person();
    await holding("beforeSession", async ({ waiting, release }) => {
      const old = signIn({ email: me.email, password }, here());
      await waiting(1);
      const changed = change(me);
      await waiting(2);
      await release();
      await Promise.all([old, changed]);
    });
    expect(await usable(me)).toEqual([]);
  });

  it("meeting a change that is not finished: it waits, and is refused", async () => {
    const me = await person();
    await holding("afterPassword", async ({ waiting, release }) => {
      const changed = change(me);
      await waiting(1);
      const refused = expect(signIn({ email: me.email, password }, here())).rejects.toMatchObject({
        code: "unauthenticated",
      });
      await waiting(2);
      await release();
      await Promise.all([changed, refused]);
    });
    expect(await usable(me)).toEqual([]);
  });
});

it("the right password is not accepted while a wrong one before it is counted: guessing side by side tells nothing", async () => {
  const { email, address } = counted;
  const [from, other] = [{ address, userAgent: "" }, await person()];
  await registerUser({ email, name: "Mina Example", password });
  const wrong = () =>
    signIn({ email, password: "wrong" }, from).then(
      () => "in",
      (error: Error) => error.message,
    );
  for (let n = 1; n < growth.fromNetwork.free; n += 1) await wrong();
  await holding("whileCounting", async ({ waiting, release }) => {
    const last = wrong();
    await waiting(1);
    const refused = expect(signIn({ email, password }, from)).rejects.toMatchObject({
      message: expect.stringMatching(/^Too many attempts failed\. Try again in \d seconds?\./),
    });
    // Somebody who comes later is in by now, and so this password has been looked at.
    await signIn({ email: other.email, password }, here());
    await release();
    await refused;
    expect(await last).toMatch(/incorrect.*in \d seconds?\.$/);
  });
});

it("a sign-in held while it starts its session ends with signing out everywhere", async () => {
  const me = await person();
  await holding("beforeSession", async ({ waiting, release }) => {
    const entering = signIn({ email: me.email, password }, here());
    await waiting(1);
    const out = signOutEverywhere(me.session);
    await waiting(2);
    await release();
    await Promise.all([entering, out]);
  });
  expect(await usable(me)).toEqual([]);
});

it("the statements themselves change nothing for a disabled person or through a link that is over", async () => {
  const me = await person();
  const hashOf = async () =>
    (await database.sql<{ h: string }>("SELECT password_hash AS h FROM users WHERE id = $1", [me.userId]))[0]
      ?.h;
  const before = (await hashOf()) ?? "";
  const link = hashSecret(await createResetSecret(me.userId));
  const [reset] = await database.sql<{ id: string }>("SELECT id FROM password_resets WHERE token_hash = $1", [
    link,
  ]);
  const browser = { secretHash: "browser", expiresAt: new Date() };
  const redeem = (now: Date, userId = me.userId) =>
    redeemPasswordReset({ id: reset?.id ?? "", userId, passwordHash: "new", browser }, now);
  expect(await redeem(new Date(Date.now() + 3601_000))).toBe(false);
  expect(await redeem(new Date(), (await person()).userId)).toBe(false);
  await database.sql("UPDATE users SET disabled_at = now() WHERE id = $1", [me.userId]);
  expect(await redeem(new Date())).toBe(false);
  const change = { userId: me.userId, verifiedHash: before, passwordHash: "new" };
  expect(await replacePasswordHash(change, { sessionId: null, browserHash: null }, new Date())).toBeNull();
  expect(await hashOf()).toBe(before);
});

describe("what ends with a password", () => {
  it("is every open reset link too", async () => {
    const me = await person();
    const secret = await createResetSecret(me.userId);
    await byThePerson(me);
    expect(await previewReset(secret)).toBeNull();
    await expect(
      resetPassword({ secret, newPassword: "quite another phrase" }, here()),
    ).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("is nothing when the change fails in the middle", async () => {
    const me = await person();
    const elsewhere = await signIn({ email: me.email, password }, here());
    const secret = await createResetSecret(me.userId);
    await database.sql(`
      CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken'; END $$`);
    await database.sql(
      "CREATE TRIGGER broken BEFORE UPDATE ON password_resets FOR EACH ROW EXECUTE FUNCTION broken()",
    );
    await expect(byThePerson(me)).rejects.toThrow("broken");
    await database.sql("DROP FUNCTION broken CASCADE");
    expect(await resolveSession(hashSecret(elsewhere.sid))).not.toBeNull();
    expect(await previewReset(secret)).not.toBeNull();
    await signIn({ email: me.email, password }, here());
  });

  it("lets one of two changes at the same moment through", async () => {
    const me = await person();
    const results = await Promise.allSettled([byThePerson(me), byThePerson(me)]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("a link and a change at the same moment end in one of both, and neither waits for ever", async () => {
    for (let round = 0; round < 5; round += 1) {
      const me = await person();
      const secret = await createResetSecret(me.userId);
      const results = await Promise.allSettled([
        byThePerson(me),
        resetPassword({ secret, newPassword: "quite another phrase" }, here()),
      ]);
      expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      for (const result of results) {
        if (result.status === "rejected") expect(result.reason.code).toMatch(/^(invalid_input|not_found)$/);
      }
    }
  });
});
