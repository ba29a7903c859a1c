import { describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import { changePassword, signOutEverywhere } from "./password-change";
import { createResetSecret, resetPassword } from "./password-reset";
import { keyOf } from "./rate-limit";
import { hashSecret } from "./secret";
import { resolveSession } from "./session";
import { signIn } from "./sign-in";
import { growth } from "./sign-in-turn";
import { here, makePerson, network, password } from "./testing/people";

const database = testDatabase();

async function sessionOf(sid: string) {
  const session = await resolveSession(hashSecret(sid));
  if (session === null) throw new Error("no session");
  return session;
}

/** Everybody who is not known has to wait now: what a crowd of strangers has done. */
async function besiege(email: string) {
  await database.sql(
    `INSERT INTO rate_limits (key, window_start, count) VALUES ($1, now(), 1000)
     ON CONFLICT (key) DO UPDATE SET window_start = now(), count = 1000`,
    [keyOf("fromAnywhere", email)],
  );
}

const refused = { code: "rate_limited" };

describe("a browser in which a person signed in before", () => {
  it("gets in with the right password whatever strangers do, and others wait", async () => {
    const { email } = await makePerson();
    const { browser } = await signIn({ email, password }, here());
    await besiege(email);
    await expect(signIn({ email, password }, here())).rejects.toMatchObject(refused);
    await expect(signIn({ email, password }, { ...here(), browser: "made up" })).rejects.toMatchObject(
      refused,
    );
    await signIn({ email, password }, { ...here(), browser });
  });

  it("is known for that person alone", async () => {
    const one = await makePerson();
    const { browser } = await signIn({ email: one.email, password }, here());
    const other = await makePerson();
    await besiege(other.email);
    await expect(signIn({ email: other.email, password }, { ...here(), browser })).rejects.toMatchObject(
      refused,
    );
  });

  it("stays known to everybody who shares it; a copy of an earlier secret is worth nothing", async () => {
    const one = await makePerson();
    const other = await makePerson();
    const first = (await signIn({ email: one.email, password }, here())).browser;
    const second = (await signIn({ email: other.email, password }, { ...here(), browser: first })).browser;
    await besiege(one.email);
    await besiege(other.email);
    await expect(signIn({ email: one.email, password }, { ...here(), browser: first })).rejects.toMatchObject(
      refused,
    );
    await signIn({ email: one.email, password }, { ...here(), browser: second });
  });

  it("is slowed by what is wrong in it", async () => {
    const { email } = await makePerson();
    const { browser } = await signIn({ email, password }, here());
    const from = { ...network, browser };
    for (let n = 1; n < growth.fromKnownBrowser.free; n += 1) {
      await expect(signIn({ email, password: "wrong" }, from)).rejects.toMatchObject({
        message: "The e-mail address or password is incorrect. Check both and try again.",
      });
    }
    await expect(signIn({ email, password: "wrong" }, from)).rejects.toMatchObject({
      message: "The e-mail address or password is incorrect. Check both and try again in 5 seconds.",
    });
    await expect(signIn({ email, password }, from)).rejects.toMatchObject(refused);
  });

  it("is stored as a hash, and forgotten half a year later", async () => {
    const { email } = await makePerson();
    const { browser } = await signIn({ email, password }, here());
    expect(JSON.stringify(await database.sql("SELECT * FROM known_browsers"))).not.toContain(browser);
    await database.sql(
      "UPDATE known_browsers SET expires_at = now() - interval '1 second' WHERE secret_hash = $1",
      [hashSecret(browser)],
    );
    await besiege(email);
    await expect(signIn({ email, password }, { ...here(), browser })).rejects.toMatchObject(refused);
  });

  it("is forgotten with a change of the password, but for the one in which it was made", async () => {
    const { email } = await makePerson();
    const mine = await signIn({ email, password }, here());
    const elsewhere = await signIn({ email, password }, here());
    const from = { ...here(), browser: mine.browser };
    const newPassword = "different plain words";
    await changePassword(await sessionOf(mine.sid), { currentPassword: password, newPassword }, from);
    await besiege(email);
    const input = { email, password: newPassword };
    await expect(signIn(input, { ...here(), browser: elsewhere.browser })).rejects.toMatchObject(refused);
    await signIn(input, from);
  });

  it("is forgotten by signing out everywhere, with every session and reset link", async () => {
    const { email, userId } = await makePerson();
    const mine = await signIn({ email, password }, here());
    const elsewhere = await signIn({ email, password }, here());
    const secret = await createResetSecret(userId);
    await signOutEverywhere(await sessionOf(mine.sid));
    for (const { sid } of [mine, elsewhere]) expect(await resolveSession(hashSecret(sid))).toBeNull();
    await expect(
      resetPassword({ secret, newPassword: "quite another phrase" }, here()),
    ).rejects.toMatchObject({
      code: "not_found",
    });
    await besiege(email);
    for (const { browser } of [mine, elsewhere]) {
      await expect(signIn({ email, password }, { ...here(), browser })).rejects.toMatchObject(refused);
    }
  });

  it("is made by a reset link, which forgets the others: a way in for whoever is kept waiting", async () => {
    const { email, userId } = await makePerson();
    const before = await signIn({ email, password }, here());
    await besiege(email);
    const newPassword = "quite another phrase";
    const { browser } = await resetPassword({ secret: await createResetSecret(userId), newPassword }, here());
    const input = { email, password: newPassword };
    await expect(signIn(input, { ...here(), browser: before.browser })).rejects.toMatchObject(refused);
    await signIn(input, { ...here(), browser });
  });
});
