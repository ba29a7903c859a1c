import { encode } from "next-auth/jwt";
import { beforeAll, describe, expect, it } from "vitest";
import { disableUser, findUserByEmail, findUserById } from "@/lib/db/system/identity";
import { testDatabase } from "@/lib/db/testing/database";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { parse } from "@/lib/input/parse";
import { identityTransaction } from "@/lib/tenancy/with-identity";
import { signInInput } from "./auth-input";
import { changePassword } from "./password-change";
import { createResetSecret, previewReset, resetPassword } from "./password-reset";
import { limits } from "./rate-limit";
import { hashSecret } from "./secret";
import { resolveSession } from "./session";
import { openSessionCookie } from "./session-cookie";
import { listSessions, revokeSession } from "./sessions";
import { endSession, signIn } from "./sign-in";
import { registerUser, signUp } from "./sign-up";

const database = testDatabase();
const password = "several plain words";
let hop = 0;
/** Each test its own address, so that limits by address do not meet. */
const here = () => ({
  address: `203.0.113.${++hop}`,
  userAgent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
});

async function person(email: string) {
  await registerUser({ email, name: "Mina Example", password });
  const { userId, sid } = await signIn({ email, password }, here());
  const session = await resolveSession(hashSecret(sid));
  if (session === null) throw new Error("no session");
  return { userId, sid, session, email };
}

describe("sessions", () => {
  it("are found by the hash alone; the id itself is stored nowhere", async () => {
    const { sid, userId } = await person("hash@example.test");
    expect((await resolveSession(hashSecret(sid)))?.userId).toBe(userId);
    expect(await resolveSession(sid)).toBeNull();
    const rows = await database.sql("SELECT * FROM sessions");
    expect(JSON.stringify(rows)).not.toContain(sid);
  });

  it("end when signed out, revoked, expired, idle, or when the user is disabled", async () => {
    const out = await person("out@example.test");
    await endSession(hashSecret(out.sid));
    expect(await resolveSession(hashSecret(out.sid))).toBeNull();

    const revoked = await person("revoked@example.test");
    await revokeSession(revoked.session, revoked.session.sessionId);
    expect(await resolveSession(hashSecret(revoked.sid))).toBeNull();

    const later = (hours: number) => new Date(Date.now() + hours * 3600_000);
    const timed = await person("timed@example.test");
    expect(await resolveSession(hashSecret(timed.sid), later(7.9))).not.toBeNull();
    expect(await resolveSession(hashSecret(timed.sid), later(11.9))).not.toBeNull();
    expect(await resolveSession(hashSecret(timed.sid), later(12.1))).toBeNull();
    const idle = await person("idle@example.test");
    expect(await resolveSession(hashSecret(idle.sid), later(8.1))).toBeNull();

    const disabled = await person("disabled@example.test");
    await identityTransaction((db) => disableUser(db, disabled.userId, new Date()));
    expect(await resolveSession(hashSecret(disabled.sid))).toBeNull();
  });

  it("end at once although their cookie was opened before and is remembered", async () => {
    const { sid, session } = await person("remembered@example.test");
    const cookie = await encode({ token: { sid }, secret: env.NEXTAUTH_SECRET, maxAge: 3600 });
    const ask = async () => resolveSession((await openSessionCookie(cookie)) ?? "");
    expect(await ask()).toEqual(session);
    expect(await ask()).toEqual(session);
    await revokeSession(session, session.sessionId);
    expect(await ask()).toBeNull();
  });

  it("cannot be revoked by somebody else", async () => {
    const one = await person("one@example.test");
    const other = await person("other@example.test");
    await expect(revokeSession(other.session, one.session.sessionId)).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await resolveSession(hashSecret(one.sid))).not.toBeNull();
    expect(await listSessions(other.session)).toMatchObject([
      { isCurrent: true, device: "Firefox on Linux" },
    ]);
  });

  it("are new at every sign-in", async () => {
    const { sid } = await person("again@example.test");
    expect((await signIn({ email: " AGAIN@Example.Test ", password }, here())).sid).not.toBe(sid);
  });
});

describe("signing in", () => {
  it("gives one answer for an unknown address, a wrong password and a disabled user", async () => {
    const { email } = await person("known@example.test");
    const gone = await person("gone@example.test");
    await identityTransaction((db) => disableUser(db, gone.userId, new Date()));
    const answers = await Promise.all(
      [
        { email, password: "wrong wrong wrong" },
        { email: "nobody@example.test", password },
        { email: gone.email, password },
      ].map((input) =>
        signIn(input, here()).catch((error: Error & { code: string }) => [error.code, error.message]),
      ),
    );
    expect(new Set(answers.map(String)).size).toBe(1);
    expect(String(answers[0])).toMatch(/^unauthenticated/);
  });

  it("is refused after the limit of an IPv6 network, whatever the address in it", async () => {
    const from = (n: number) => ({ address: `2001:db8:7:7::${n.toString(16)}`, userAgent: "" });
    const tries = limits.wrongSignInByAddress.max;
    for (let n = 0; n < tries; n += 1) {
      await expect(signIn({ email: `x${n}@example.test`, password }, from(n))).rejects.toMatchObject({
        code: "unauthenticated",
      });
    }
    const error = await signIn({ email: "y@example.test", password }, from(tries)).catch((caught) => caught);
    expect(error).toMatchObject({ code: "rate_limited" });
    expect(error.message).toMatch(/Try again in \d+ minutes/);
    expect(error.retryAfter).toBeLessThanOrEqual(limits.wrongSignInByAddress.windowMs / 1000);
  });
});

it("nobody signs up where the operator has not opened it, and nothing is done for them", async () => {
  const input = { email: "closed@example.test", name: "Mina Example", password };
  await expect(signUp(input, here())).rejects.toMatchObject({ code: "forbidden" });
  expect(await findUserByEmail(input.email)).toBeNull();
});

it.each(["\u202e@example.test", "a".repeat(500), "\t", "'; --"])(
  "the address %j is simply unknown",
  async (email) => {
    await expect(signIn(parse(signInInput, { email, password }), here())).rejects.toMatchObject({
      code: "unauthenticated",
    });
  },
);

it("NUL, or half of a character, in the address is refused as any address that is none", () => {
  for (const email of ["\0", "a\0@example.test", "\ud800@example.test"]) {
    expect(() => parse(signInInput, { email, password })).toThrow(AppError);
  }
});

describe("changing the password", () => {
  it("needs the current one, ends the other sessions and keeps this one", async () => {
    const me = await person("change@example.test");
    const elsewhere = await signIn({ email: me.email, password }, here());
    const input = { currentPassword: "not this one at all", newPassword: "different plain words" };
    await expect(changePassword(me.session, input, here())).rejects.toMatchObject({
      code: "invalid_input",
      fields: { currentPassword: expect.any(String) },
    });
    await expect(
      changePassword(me.session, { currentPassword: password, newPassword: password }, here()),
    ).rejects.toMatchObject({ code: "invalid_input", fields: { newPassword: expect.any(String) } });
    const done = await changePassword(me.session, { ...input, currentPassword: password }, here());
    expect(done.endedSessions).toBe(1);
    expect(await resolveSession(hashSecret(elsewhere.sid))).toBeNull();
    expect(await resolveSession(hashSecret(me.sid))).not.toBeNull();
    await expect(signIn({ email: me.email, password }, here())).rejects.toMatchObject({
      code: "unauthenticated",
    });
  });
});

describe("a reset link", () => {
  let me: Awaited<ReturnType<typeof person>>;
  beforeAll(async () => {
    me = await person("reset@example.test");
  });

  it("works once, within an hour, ends every session and is stored as a hash", async () => {
    const secret = await createResetSecret(me.userId);
    expect(JSON.stringify(await database.sql("SELECT * FROM password_resets"))).not.toContain(secret);
    expect(await previewReset(secret)).toEqual({ email: me.email });
    const afterAnHour = new Date(Date.now() + 3601_000);
    const input = { secret, newPassword: "quite another phrase" };
    await expect(resetPassword(input, here(), afterAnHour)).rejects.toMatchObject({ code: "not_found" });
    const results = await Promise.allSettled([resetPassword(input, here()), resetPassword(input, here())]);
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(await resolveSession(hashSecret(me.sid))).toBeNull();
    expect(await previewReset(secret)).toBeNull();
    await signIn({ email: me.email, password: "quite another phrase" }, here());
  });

  it("ends when a newer one is made", async () => {
    const old = await createResetSecret(me.userId);
    const fresh = await createResetSecret(me.userId);
    expect(await previewReset(old)).toBeNull();
    expect(await previewReset(fresh)).not.toBeNull();
    expect((await findUserById(me.userId))?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});
