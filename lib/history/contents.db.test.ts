import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import { sha256OfText } from "@/lib/evidence/canonical-json";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import {
  type Content,
  insertAnswers,
  insertSuggestedChanges,
  readAnswers,
  readSuggestedChanges,
} from "./contents";
import { monthOf } from "./month";

const database = testDatabase();
const month = monthOf(new Date());
let acme: TenantContext;

beforeAll(async () => {
  acme = await database.makeOrganization("Acme");
});

const content = (value: unknown): Content => {
  const text = JSON.stringify(value);
  return { hash: sha256OfText(text), text };
};

test.each([
  ["answers", insertAnswers, readAnswers],
  ["suggested_changes", insertSuggestedChanges, readSuggestedChanges],
] as const)("%s are stored once a month, and only what is new is written", async (table, insert, readAll) => {
  const [a, b] = [content({ first: true }), content({ second: [1, 2] })];
  await withTenant(acme, (db) => insert(db, acme.tenantId, month, [a, a]));
  const rows = `SELECT encode(hash, 'hex') AS hash, xmin::text AS written FROM ${table} WHERE tenant_id = $1`;
  const before = await database.sql(rows, [acme.tenantId]);
  expect(before.map(({ hash }) => hash)).toEqual([a.hash]);
  await withTenant(acme, (db) => insert(db, acme.tenantId, month, [b, a]));
  const after = await database.sql(rows, [acme.tenantId]);
  expect(after).toHaveLength(2);
  expect(after).toContainEqual(before[0]);
  const found = await withTenant(acme, (db) => readAll(db, acme.tenantId, month, [a.hash, b.hash]));
  expect(Object.fromEntries(found)).toEqual({ [a.hash]: { first: true }, [b.hash]: { second: [1, 2] } });
});
