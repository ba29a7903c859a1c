import type { TenantDb, TenantReader } from "@/lib/db/tenant-db";
import type { Month } from "./month";
import { packJson, unpackJson } from "./packed-json";

// What is the same from day to day is stored once per organization, month and content: AWS answers, and the changes
// that checks suggest. `hash` is SHA-256 of the text in hexadecimal, which names the content.

export interface Content {
  readonly hash: string;
  /** Canonical JSON. */
  readonly text: string;
}

/**
 * Adds the AWS answers that this month does not have yet. Most it has, from the scan before: so it asks for their
 * hashes first, and packs and sends only what is new.
 */
export async function insertAnswers(
  db: TenantDb,
  tenantId: string,
  month: Month,
  contents: readonly Content[],
): Promise<void> {
  if (contents.length === 0) return;
  const known = await db.$queryRaw<HashRow[]>`
    SELECT encode(hash, 'hex') AS hash FROM answers
    WHERE tenant_id = ${tenantId}::uuid AND month = ${month}::date
      AND hash IN (SELECT decode(h, 'hex') FROM unnest(${contents.map(({ hash }) => hash)}::text[]) AS h)`;
  const rows = missing(contents, known);
  if (rows.length === 0) return;
  await db.$executeRaw`
    INSERT INTO answers (tenant_id, month, hash, body)
    SELECT ${tenantId}::uuid, ${month}::date, decode(r.hash, 'hex'), decode(r.body, 'base64')
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r(hash text, body text)
    ON CONFLICT DO NOTHING`;
}

/** The same for suggested changes. */
export async function insertSuggestedChanges(
  db: TenantDb,
  tenantId: string,
  month: Month,
  contents: readonly Content[],
): Promise<void> {
  if (contents.length === 0) return;
  const known = await db.$queryRaw<HashRow[]>`
    SELECT encode(hash, 'hex') AS hash FROM suggested_changes
    WHERE tenant_id = ${tenantId}::uuid AND month = ${month}::date
      AND hash IN (SELECT decode(h, 'hex') FROM unnest(${contents.map(({ hash }) => hash)}::text[]) AS h)`;
  const rows = missing(contents, known);
  if (rows.length === 0) return;
  await db.$executeRaw`
    INSERT INTO suggested_changes (tenant_id, month, hash, body)
    SELECT ${tenantId}::uuid, ${month}::date, decode(r.hash, 'hex'), decode(r.body, 'base64')
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r(hash text, body text)
    ON CONFLICT DO NOTHING`;
}

interface HashRow {
  readonly hash: string;
}

/** Sorted, so that two scans that add the same contents at once wait for each other in one order. */
function missing(contents: readonly Content[], known: readonly HashRow[]): { hash: string; body: string }[] {
  const texts = new Map(contents.map((content) => [content.hash, content.text]));
  for (const { hash } of known) texts.delete(hash);
  return [...texts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([hash, text]) => ({ hash, body: Buffer.from(packJson(text)).toString("base64") }));
}

interface ContentRow {
  readonly hash: string;
  readonly body: Uint8Array;
}

/** AWS answers by their hash. Missing ones are dropped with their month: they are left out. */
export async function readAnswers(
  db: TenantReader,
  tenantId: string,
  month: Month,
  hashes: readonly string[],
): Promise<Map<string, unknown>> {
  const rows = await db.$queryRaw<ContentRow[]>`
    SELECT encode(hash, 'hex') AS hash, body FROM answers
    WHERE tenant_id = ${tenantId}::uuid AND month = ${month}::date
      AND hash IN (SELECT decode(h, 'hex') FROM unnest(${[...hashes]}::text[]) AS h)`;
  return unpacked(rows);
}

/** Suggested changes by their hash. */
export async function readSuggestedChanges(
  db: TenantReader,
  tenantId: string,
  month: Month,
  hashes: readonly string[],
): Promise<Map<string, unknown>> {
  const rows = await db.$queryRaw<ContentRow[]>`
    SELECT encode(hash, 'hex') AS hash, body FROM suggested_changes
    WHERE tenant_id = ${tenantId}::uuid AND month = ${month}::date
      AND hash IN (SELECT decode(h, 'hex') FROM unnest(${[...hashes]}::text[]) AS h)`;
  return unpacked(rows);
}

function unpacked(rows: readonly ContentRow[]): Map<string, unknown> {
  return new Map(rows.map(({ hash, body }) => [hash, unpackJson(body)]));
}
