import { describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import { hashPassword } from "./password-hash";
import { keyOf, type LimitName, limits } from "./rate-limit";
import { signIn } from "./sign-in";
import { growth } from "./sign-in-turn";
import { here, makePerson, password } from "./testing/people";

// What costs the machine much is done for nobody who has to wait, and in turns for those who come from many places.

const database = testDatabase();
const refused = { code: "rate_limited" };

const fill = (key: string, count: number) =>
  database.sql(
    `INSERT INTO rate_limits (key, window_start, count) VALUES ($1, now(), $2)
     ON CONFLICT (key) DO UPDATE SET window_start = now(), count = $2`,
    [key, count],
  );
const full = (name: LimitName, subject: string) => fill(keyOf(name, subject), limits[name].max);

/** Whoever looks at this password stumbles: it is no hash. */
const breakHash = (userId: string) =>
  database.sql("UPDATE users SET password_hash = 'no hash' WHERE id = $1", [userId]);

describe("no password is looked at", () => {
  it("for somebody who has to wait", async () => {
    const { email, userId } = await makePerson();
    await breakHash(userId);
    await expect(signIn({ email, password }, here())).rejects.not.toMatchObject(refused);
    await fill(keyOf("fromAnywhere", email), 1000);
    await expect(signIn({ email, password }, here())).rejects.toMatchObject(refused);
  });

  it("in a browser whose person has signed in too often", async () => {
    const { email, userId } = await makePerson();
    const { browser } = await signIn({ email, password }, here());
    await breakHash(userId);
    await full("signInByPerson", userId);
    await expect(signIn({ email, password }, { ...here(), browser })).rejects.toMatchObject(refused);
  });
});

it("the right password of a disabled person is told what a wrong one is told, waits included", async () => {
  const { email, userId } = await makePerson();
  await database.sql("UPDATE users SET disabled_at = now() WHERE id = $1", [userId]);
  const from = here();
  const answers: string[] = [];
  for (let n = 0; n < growth.fromNetwork.free; n += 1) {
    answers.push(
      await signIn({ email, password }, from).then(
        () => "in",
        (error: Error) => error.message,
      ),
    );
  }
  const plain = "The e-mail address or password is incorrect. Check both and try again.";
  expect(answers.slice(0, -1)).toEqual(answers.slice(1).map(() => plain));
  expect(answers.at(-1)).toMatch(/try again in \d seconds\.$/);
});

describe("a crowd at the door", () => {
  it("from one network keeps nobody else out", { timeout: 60_000 }, async () => {
    const { email } = await makePerson();
    const from = { address: "192.0.2.50", userAgent: "" };
    const all = Array.from({ length: 120 }, (_, n) =>
      signIn({ email: `crowd-${n}@example.test`, password: "wrong" }, from).catch(
        (error: Error) => error.message,
      ),
    );
    await expect(signIn({ email, password }, here())).resolves.toBeDefined();
    expect(await Promise.all(all)).toContainEqual(expect.stringContaining("Too many people are signing in"));
  });

  it("from everywhere keeps out nobody whose browser is known", { timeout: 60_000 }, async () => {
    const { email } = await makePerson();
    const { browser } = await signIn({ email, password }, here());
    // Passwords from 66 places fill the queue, and each that is done makes room for the next of the same place alone: the
    // queue is at its bound whenever somebody else comes.
    let isOver = false;
    let refusals = 0;
    const crowd = Array.from({ length: 66 }, async (_, n) => {
      while (!isOver) {
        await hashPassword("a password", `place ${n}`).catch(() => {
          refusals += 1;
          isOver = true;
        });
      }
    });
    try {
      await expect(signIn({ email, password }, here())).rejects.toMatchObject({
        message: expect.stringContaining("Too many people are signing in"),
      });
      await expect(signIn({ email, password }, { ...here(), browser })).resolves.toBeDefined();
      await expect(signIn({ email, password }, here())).rejects.toMatchObject(refused);
    } finally {
      isOver = true;
      await Promise.all(crowd);
    }
    expect(refusals).toBe(0);
  });
});
