import { expect, test } from "vitest";
import { testDatabase, userIdOf } from "@/lib/db/testing/database";
import { listPossibleOwners } from "./possible-owners";

const database = testDatabase();

test("owners are members who can sign in and are no auditors, by name, of this organization alone", async () => {
  const acme = await database.makeOrganization("Acme");
  await database.makeOrganization("Other");
  const people = [
    ["Bo", "member", null],
    ["Ann", "lead", null],
    ["Cy", "auditor", null],
    ["Di", "member", "2026-01-01"],
  ] as const;
  for (const [name, role, disabledAt] of people) {
    await database.sql(
      `WITH person AS (INSERT INTO users (email, name, password_hash, disabled_at)
         VALUES ($1 || '@owners.test', $1, 'x', $2::timestamptz) RETURNING id)
       INSERT INTO memberships (tenant_id, user_id, role, can_approve) SELECT $3::uuid, id, $4, false FROM person`,
      [name, disabledAt, acme.tenantId, role],
    );
  }
  const owners = await listPossibleOwners(acme);
  expect(owners.filter(({ id }) => id !== userIdOf(acme)).map(({ name }) => name)).toEqual(["Ann", "Bo"]);
  expect(owners).toHaveLength(3);
});
