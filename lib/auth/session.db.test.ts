import { expect, it } from "vitest";
import { disableUser, findUsablePasswordReset } from "@/lib/db/system/identity";
import { testDatabase } from "@/lib/db/testing/database";
import { identityTransaction } from "@/lib/tenancy/with-identity";
import { createResetSecret } from "./password-reset";
import { hashSecret } from "./secret";
import { resolveSession, sessionUser } from "./session";
import { signIn } from "./sign-in";
import { here, makePerson, password } from "./testing/people";

const database = testDatabase();

async function signedIn() {
  const { email, userId } = await makePerson();
  const sidHash = hashSecret((await signIn({ email, password }, here())).sid);
  const isOpen = async () => {
    const [page, stream] = [await resolveSession(sidHash), await sessionUser(sidHash)];
    expect(stream).toBe(page?.userId ?? null);
    return page !== null;
  };
  expect(await isOpen()).toBe(true);
  return { userId, sidHash, isOpen };
}

it.each([
  ["it was revoked", "UPDATE sessions SET revoked_at = now() WHERE sid_hash = $1"],
  ["it has expired", "UPDATE sessions SET expires_at = now() - interval '1 second' WHERE sid_hash = $1"],
  [
    "it was idle too long",
    "UPDATE sessions SET idle_expires_at = now() - interval '1 second' WHERE sid_hash = $1",
  ],
  [
    "its person is disabled",
    "UPDATE users SET disabled_at = now() WHERE id = (SELECT user_id FROM sessions WHERE sid_hash = $1)",
  ],
])("a session opens nothing, for pages and for streams, once %s", async (_, sql) => {
  const { sidHash, isOpen } = await signedIn();
  await database.sql(sql, [sidHash]);
  expect(await isOpen()).toBe(false);
});

it("where a person may enter is read at each request", async () => {
  const { userId, sidHash } = await signedIn();
  const entered = async () =>
    (await resolveSession(sidHash))?.memberships.map(({ organization, role, canApprove }) => [
      organization.name,
      role,
      canApprove,
    ]);
  expect(await entered()).toEqual([]);
  await database.sql(
    `WITH made AS (INSERT INTO organizations (id, slug, name)
       VALUES (gen_random_uuid(), 'zeta', 'Zeta'), (gen_random_uuid(), 'acme', 'Acme') RETURNING id)
     INSERT INTO memberships (tenant_id, user_id, role, can_approve) SELECT id, $1, 'lead', true FROM made`,
    [userId],
  );
  expect(await entered()).toEqual([
    ["Acme", "lead", true],
    ["Zeta", "lead", true],
  ]);
  await database.sql("UPDATE memberships SET role = 'auditor', can_approve = false WHERE user_id = $1", [
    userId,
  ]);
  await database.sql("UPDATE organizations SET erasing_at = now() WHERE slug = 'zeta'");
  expect(await entered()).toEqual([["Acme", "auditor", false]]);
  await database.sql("DELETE FROM memberships WHERE user_id = $1", [userId]);
  expect(await entered()).toEqual([]);
});

it("disabling a person ends their sessions for good and their reset link for as long", async () => {
  const { userId, isOpen } = await signedIn();
  const link = hashSecret(await createResetSecret(userId));
  expect(await findUsablePasswordReset(link, new Date())).not.toBeNull();
  await identityTransaction((db) => disableUser(db, userId, new Date()));
  expect(await findUsablePasswordReset(link, new Date())).toBeNull();
  await database.sql("UPDATE users SET disabled_at = NULL WHERE id = $1", [userId]);
  expect(await isOpen()).toBe(false);
});
