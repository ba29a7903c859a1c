import { describe, expect, it } from "vitest";
import { sessionsOfOnePerson } from "@/lib/db/system/sign-in";
import { testDatabase } from "@/lib/db/testing/database";
import { keyOf, limits } from "./rate-limit";
import { hashSecret } from "./secret";
import { resolveSession } from "./session";
import { signIn } from "./sign-in";
import { growth } from "./sign-in-turn";
import { here, makePerson, network, password } from "./testing/people";

const database = testDatabase();

const refused = { code: "rate_limited" };

describe("the sessions of one person", () => {
  it("are started by forty right sign-ins at the same moment, from one network", async () => {
    const { email, userId } = await makePerson();
    const all = await Promise.all(Array.from({ length: 40 }, () => signIn({ email, password }, network)));
    expect(new Set(all.map(({ sid }) => sid)).size).toBe(40);
    const alive = await database.sql("SELECT 1 FROM sessions WHERE user_id = $1 AND revoked_at IS NULL", [
      userId,
    ]);
    expect(alive).toHaveLength(40);
  });

  it("are at most a hundred: the oldest ends for a new one", async () => {
    const { email, userId } = await makePerson();
    await database.sql(
      `INSERT INTO sessions (user_id, sid_hash, created_at, expires_at, idle_expires_at)
       SELECT $1, 'old-' || n, now() - n * interval '1 minute', now() + interval '1 hour', now() + interval '1 hour'
       FROM generate_series(1, $2::int) AS n`,
      [userId, sessionsOfOnePerson],
    );
    const { sid } = await signIn({ email, password }, here());
    const ended = await database.sql<{ sid_hash: string }>(
      "SELECT sid_hash FROM sessions WHERE user_id = $1 AND revoked_at IS NOT NULL",
      [userId],
    );
    expect(ended).toEqual([{ sid_hash: `old-${sessionsOfOnePerson}` }]);
    expect(await resolveSession(hashSecret(sid))).not.toBeNull();
  });

  it("are alive: what has ended or idled takes no room, and a clock that goes wrong ends no new one", async () => {
    const { email, userId } = await makePerson();
    const alive = await signIn({ email, password }, here());
    await database.sql(
      `INSERT INTO sessions (user_id, sid_hash, created_at, expires_at, idle_expires_at)
       SELECT $1, 'idle-' || n, now() + interval '1 hour', now() + interval '1 day', now() - interval '1 second'
       FROM generate_series(1, $2::int) AS n`,
      [userId, sessionsOfOnePerson],
    );
    await signIn({ email, password }, here());
    expect(await resolveSession(hashSecret(alive.sid))).not.toBeNull();
    await database.sql(
      "UPDATE sessions SET idle_expires_at = now() + interval '1 hour' WHERE sid_hash LIKE 'idle-%'",
    );
    const { sid } = await signIn({ email, password }, here());
    expect(await resolveSession(hashSecret(sid))).not.toBeNull();
    expect(await resolveSession(hashSecret(alive.sid))).toBeNull();
  });

  it("keep a little of what the browser says of itself, and end sooner when idle", async () => {
    const { email, userId } = await makePerson();
    await signIn({ email, password }, { address: "a".repeat(100), userAgent: "u".repeat(10_000) });
    const [row] = await database.sql(
      `SELECT length(user_agent) AS agent, length(address) AS address, idle_expires_at < expires_at AS sooner
       FROM sessions WHERE user_id = $1`,
      [userId],
    );
    expect(row).toEqual({ agent: 300, address: 64, sooner: true });
  });

  it("make twenty browsers known, the latest, and forget nobody else's", async () => {
    const [one, other] = [await makePerson(), await makePerson()];
    const theirs = await signIn({ email: other.email, password }, here());
    await database.sql(
      `INSERT INTO known_browsers (secret_hash, user_id, expires_at)
       SELECT 'old-' || n, $1::uuid, now() + n * interval '1 minute' FROM generate_series(1, 25) AS n`,
      [one.userId],
    );
    await database.sql(
      "UPDATE known_browsers SET expires_at = now() + interval '1 hour' WHERE secret_hash = $1",
      [hashSecret(theirs.browser)],
    );
    const { browser } = await signIn({ email: one.email, password }, here());
    const kept = await database.sql<{ secret_hash: string }>(
      "SELECT secret_hash FROM known_browsers WHERE user_id = $1 ORDER BY expires_at DESC",
      [one.userId],
    );
    const latest = Array.from({ length: 19 }, (_, n) => `old-${25 - n}`);
    expect(kept.map(({ secret_hash: hash }) => hash)).toEqual([hashSecret(browser), ...latest]);
    const others = await database.sql("SELECT 1 FROM known_browsers WHERE user_id = $1", [other.userId]);
    expect(others).toHaveLength(1);
  });

  it("are started by so many right passwords in a quarter of an hour and no more; known browsers ask before", async () => {
    const { email, userId } = await makePerson();
    const { browser } = await signIn({ email, password }, here());
    await database.sql("UPDATE rate_limits SET count = $2 WHERE key = $1", [
      keyOf("signInByPerson", userId),
      limits.signInByPerson.max,
    ]);
    for (const from of [here(), { ...here(), browser }]) {
      await expect(signIn({ email, password }, from)).rejects.toMatchObject({
        message: expect.stringMatching(/^Too many attempts\. Try again in 15 minutes\.$/),
      });
    }
    // Nobody learns from it that there is such a person: a wrong password is told what it is always told.
    await expect(signIn({ email, password: "wrong" }, here())).rejects.toMatchObject({
      code: "unauthenticated",
    });
  });

  it("of one network are limited before the work of hashing", async () => {
    const { email } = await makePerson();
    const from = { address: "192.0.2.200", userAgent: "" };
    const { browser } = await signIn({ email, password }, from);
    await database.sql("UPDATE rate_limits SET count = $2 WHERE key = $1", [
      keyOf("signInByAddress", from.address),
      limits.signInByAddress.max,
    ]);
    await expect(signIn({ email, password }, from)).rejects.toMatchObject(refused);
    await expect(signIn({ email, password: "wrong" }, from)).rejects.toMatchObject(refused);
    await signIn({ email, password }, { ...from, browser });
  });
});

describe("signing in", () => {
  it("ends the session that the browser had, of the same person or another", async () => {
    const one = await makePerson();
    const other = await makePerson();
    const first = await signIn({ email: one.email, password }, here());
    const elsewhere = await signIn({ email: one.email, password }, here());
    const from = { ...here(), sidHash: hashSecret(first.sid) };
    await expect(signIn({ email: other.email, password: "wrong" }, from)).rejects.toThrow();
    expect(await resolveSession(hashSecret(first.sid))).not.toBeNull();
    await signIn({ email: other.email, password }, from);
    expect(await resolveSession(hashSecret(first.sid))).toBeNull();
    expect(await resolveSession(hashSecret(elsewhere.sid))).not.toBeNull();
  });

  it("with the right password among many wrong ones at once tells nothing of it, however slow counting is", async () => {
    const { email } = await makePerson();
    await database.sql(`CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_sleep(0.2); RETURN NEW; END $$`);
    await database.sql(
      "CREATE TRIGGER slow BEFORE INSERT OR UPDATE ON rate_limits FOR EACH ROW EXECUTE FUNCTION slow()",
    );
    // The right one stands where it is surely not among the first to be judged.
    const tries = Array.from({ length: 20 }, (_, n) => (n === 14 ? password : `wrong ${n}`));
    const answers = await Promise.all(
      tries.map((tried) =>
        signIn({ email, password: tried }, network).catch((error: Error) => error.message),
      ),
    );
    await database.sql("DROP FUNCTION slow CASCADE");
    const told = answers.filter((answer) => String(answer).startsWith("The e-mail address or password"));
    expect(told).toHaveLength(growth.fromNetwork.free);
    const rest = answers.filter((answer) => !told.includes(answer)).map(String);
    expect(new Set(rest.map((text) => text.replace(/\d seconds?/, "N")))).toEqual(
      new Set([
        "Too many attempts failed. Try again in N. In a browser where you signed in before, you do not have to wait.",
      ]),
    );
  });

  it("runs the same course for an address that nobody has", async () => {
    const { email } = await makePerson();
    const course = async (tried: string, from: { address: string; userAgent: string }) => {
      const answers: string[] = [];
      for (let n = 0; n < growth.fromNetwork.free + 2; n += 1) {
        answers.push(
          await signIn({ email: tried, password: "wrong" }, from).then(
            () => "in",
            (error: Error) => error.message.replace(/\d+/, "N"),
          ),
        );
      }
      return answers;
    };
    expect(await course(email, here())).toEqual(await course("nobody@example.test", here()));
  });

  it("forgets the slips of a person who gets in", async () => {
    const { email } = await makePerson();
    const from = here();
    for (let round = 0; round < 3; round += 1) {
      for (let n = 1; n < growth.fromNetwork.free; n += 1) {
        await expect(signIn({ email, password: "wrong" }, from)).rejects.toMatchObject({
          code: "unauthenticated",
        });
      }
      await signIn({ email, password }, from);
    }
  });
});
