import { afterEach, expect, test } from "vitest";
import {
  accountStatuses,
  connectionTestPurposes,
  connectionTestStatuses,
  environments,
} from "@/lib/accounts/account-states";
import { assurances, dispositions, partitions, severities, verdicts } from "@/lib/checks/words";
import { dueSetBys } from "@/lib/findings/due/due-states";
import {
  claimableStatuses,
  claimEndings,
  decidedVerdicts,
  findingEventKinds,
  findingStatuses,
  observations,
} from "@/lib/findings/lifecycle/states";
import { looksEndings } from "@/lib/findings/looks-states";
import { commentVisibilities } from "@/lib/findings/timeline-states";
import { ownerRuleMatches } from "@/lib/findings/triage/owner-rule-match";
import { inboxKinds, inboxReasons } from "@/lib/inbox/inbox-words";
import { runEndings, runKinds } from "@/lib/runs/run-kinds";
import { scanStatuses, scanTriggers } from "@/lib/scans/scan-states";
import { roles, tokenScopes } from "@/lib/tenancy/permissions";
import {
  proofLevels,
  verificationStatuses,
  verificationTriggers,
} from "@/lib/verification/verification-states";
import type { Words } from "@/lib/words";
import { testDatabase } from "./testing/database";

const database = testDatabase();

/** Every column that holds a word with a fixed set. */
const closed: Readonly<Record<string, Words<string>>> = {
  "memberships.role": roles,
  "invites.role": roles,
  "api_tokens.scopes": tokenScopes,
  "accounts.partition": partitions,
  "accounts.environment": environments,
  "accounts.status": accountStatuses,
  "connection_tests.status": connectionTestStatuses,
  "connection_tests.purpose": connectionTestPurposes,
  "scans.trigger": scanTriggers,
  "scans.status": scanStatuses,
  "findings.status": findingStatuses,
  "findings.observation": observations,
  "findings.verdict": decidedVerdicts,
  "findings.severity": severities,
  "findings.assurance": assurances,
  "runs.kind": runKinds,
  "runs.ending": runEndings,
  "run_progress.kind": runKinds,
  "evaluations.verdict": verdicts,
  "evaluations.severity": severities,
  "evaluations.assurance": assurances,
  "evaluations.disposition": dispositions,
  "finding_events.kind": findingEventKinds,
  "snapshots.environment": environments,
  "snapshots.status": findingStatuses,
  "snapshots.observation": observations,
  "snapshots.severity": severities,
  "coverage_days.environment": environments,
  "finding_looks.ending": looksEndings,
  "findings.due_set_by": dueSetBys,
  "comments.visibility": commentVisibilities,
  "claims.claimed_from": claimableStatuses,
  "claims.ending": claimEndings,
  "verifications.status": verificationStatuses,
  "verifications.trigger": verificationTriggers,
  "verifications.required_proof": proofLevels,
  "verifications.reached_proof": proofLevels,
  "triage_settings.required_proof": proofLevels,
  "owner_rules.match": ownerRuleMatches,
  "inbox_items.kind": inboxKinds,
  "inbox_items.because": inboxReasons,
};

/** Columns with the name of a word whose set is not ours to close here: work that a newer worker may know. */
const open = ["work_items.kind", "work_items.state", "work_items.outcome"];

const wordNames = [
  ...new Set([...Object.keys(closed).map((column) => column.split(".")[1]), "kind", "state"]),
];

/** The words that each column's checks allow, read from the catalog. A partition repeats its parent's. */
async function checks(): Promise<Map<string, string[]>> {
  const rows = await database.sql<{ name: string; definition: string }>(`
    SELECT c.relname || '.' || a.attname AS name, pg_get_constraintdef(q.oid) AS definition
    FROM pg_constraint q JOIN pg_class c ON c.oid = q.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND q.conkey = ARRAY[a.attnum]
    WHERE q.contype = 'c' AND q.convalidated AND n.nspname = 'public' AND NOT c.relispartition`);
  const words = rows.map(
    ({ name, definition }) =>
      [name, [...definition.matchAll(/'([^']+)'::text/g)].map(([, word = ""]) => word)] as const,
  );
  return new Map(words.filter(([, list]) => list.length > 0));
}

async function faults(): Promise<string[]> {
  const found = await checks();
  const columns = await database.sql<{ name: string }>(
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = ANY($1) AND data_type IN ('text', 'ARRAY')
       AND table_name NOT IN (SELECT relname FROM pg_class WHERE relispartition)`,
    [wordNames],
  );
  const differs = Object.entries(closed).flatMap(([column, { values }]) => {
    const allowed = found.get(column);
    if (allowed === undefined) return [`${column} has no check`];
    return allowed.toSorted().join() === values.toSorted().join() ? [] : [`${column} allows ${allowed}`];
  });
  const unnamed = [...found.keys()].filter((column) => !(column in closed) && !open.includes(column));
  const unchecked = columns
    .map(({ name }) => name)
    .filter((name) => !(name in closed) && !open.includes(name));
  return [
    ...differs,
    ...unnamed.map((column) => `${column} has a check and no words in the code`),
    ...unchecked.map((column) => `${column} is named like a word and is not closed`),
  ];
}

let undo: string | undefined;
afterEach(async () => {
  if (undo !== undefined) await database.sql(undo);
  undo = undefined;
  expect(await faults()).toEqual([]);
});

test("every stored word is closed in the database to the set that the code knows", async () => {
  expect(await faults()).toEqual([]);
});

const add = (words: readonly string[]) =>
  `ADD CONSTRAINT findings_status_check CHECK (status IN (${words.map((word) => `'${word}'`).join(", ")}))`;
const allow = (words: readonly string[]) =>
  `ALTER TABLE findings DROP CONSTRAINT findings_status_check, ${add(words)}`;
const { values } = findingStatuses;

test.each([
  ["allows a word that the code does not know", allow([...values, "planted"]), allow(values)],
  ["refuses a word that the code knows", allow(values.slice(1)), allow(values)],
  [
    "has no check",
    "ALTER TABLE findings DROP CONSTRAINT findings_status_check",
    `ALTER TABLE findings ${add(values)}`,
  ],
  [
    "has a check that the code does not know of",
    "ALTER TABLE findings ADD CONSTRAINT planted CHECK (reason IN ('A', 'B'))",
    "ALTER TABLE findings DROP CONSTRAINT planted",
  ],
  [
    "is new and not closed",
    "ALTER TABLE counters ADD status text",
    "ALTER TABLE counters DROP COLUMN status",
  ],
])("a column that %s is found", async (_, plant, undoPlant) => {
  undo = undoPlant;
  await database.sql(plant);
  expect(await faults()).toHaveLength(1);
});

test("the database refuses a word outside the set", async () => {
  const acme = await database.makeOrganization("Acme");
  await expect(
    database.sql(
      `INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id, environment)
       VALUES ($1::uuid, '111111111111', 'aws', 'a', 'e', 'moon')`,
      [acme.tenantId],
    ),
  ).rejects.toThrow("accounts_environment_check");
  await expect(
    database.sql(
      `INSERT INTO api_tokens (tenant_id, name, prefix, token_hash, scopes, created_by, expires_at)
       VALUES ($1::uuid, 't', 'p', 'h', ARRAY['read', 'everything'], $1::uuid, now())`,
      [acme.tenantId],
    ),
  ).rejects.toThrow("api_tokens_scopes_check");
});
