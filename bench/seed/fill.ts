import pg from "pg";
import { Refusal } from "@/lib/installation/refusal";
import { addDays, dayOf } from "@/lib/snapshots/day";
import { beginOrganizations, insertAccounts } from "./fill-accounts";
import { insertFindings } from "./fill-findings";
import { insertHistory, insertMonths, insertSnapshotsOf } from "./fill-history";
import { type LoadSizes, type PlannedOrganization, planOf } from "./load-sizes";
import { sumDays } from "./sum-days";
import { type Dice, idFunction, makeTables } from "./tables";

/** Accounts of one transaction, unless a single organization has more. */
const mostAccounts = 10_000;

/**
 * Fills an installation. `url` is a superuser's on the product's database, which is migrated and empty, or holds what an
 * earlier run with the same sizes got done: whole organizations, each in one transaction, so that the rest is added. The
 * product's own modules must be able to reach the same database (DATABASE_URL), for the sums of days are theirs.
 * Throws Refusal for any other database.
 */
export async function fill(
  url: string,
  sizes: LoadSizes,
  tell: (text: string) => void,
  batchAccounts = mostAccounts,
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const now = new Date();
    const plan = planOf(sizes);
    const done = await alreadyThere(client, sizes, plan);
    await client.query(
      "SET TimeZone = 'UTC'; SET synchronous_commit = off; SET work_mem = '128MB'; SET maintenance_work_mem = '256MB'",
    );
    const left = plan.filter(({ slug }) => !done.has(slug));
    if (left.length > 0) {
      tell("Judging the examples");
      const dice = await makeTables(client);
      await insertMonths(client, sizes.days);
      for (const batch of batchesOf(left, batchAccounts)) {
        const begun = performance.now();
        await insertBatch(client, { seed: sizes.seed, dice, now, batch, tell });
        const [first, last] = [batch[0]?.slug, batch.at(-1)?.slug];
        tell(`${first}${first === last ? "" : ` to ${last}`} of ${plan.length}, ${seconds(begun)}`);
      }
      await client.query("ANALYZE");
    }
    const withDays = plan.filter(({ days }) => days > 0);
    const summed = await sumDays(client, withDays, dayOf(now), tell);
    if (left.length + summed > 0) {
      tell("Vacuuming");
      await client.query("VACUUM ANALYZE");
    }
  } finally {
    await client.end();
  }
}

/** Slugs of the organizations of the plan that are there, after seeing that all that is there is of it. */
async function alreadyThere(
  client: pg.ClientBase,
  { seed }: LoadSizes,
  plan: readonly PlannedOrganization[],
): Promise<ReadonlySet<string>> {
  await client.query(idFunction);
  const { rows } = await client.query<{ slug: string; accounts: number; is_ours: boolean }>(
    `SELECT slug, id = pg_temp.id($1 || '/organization/' || substring(slug FROM '^load-(\\d{4,})$')::int) AS is_ours,
            (SELECT count(*)::int FROM accounts a WHERE a.tenant_id = o.id) AS accounts
     FROM organizations o ORDER BY slug`,
    [seed],
  );
  const planned = new Map(plan.map(({ slug, accounts }) => [slug, accounts]));
  for (const { slug, accounts, is_ours } of rows) {
    if (is_ours && planned.get(slug) === accounts) continue;
    throw new Refusal(
      `The database already holds the organization ${slug}, which a seed of these sizes does not make: give an empty database, or the sizes and the seed of the run that is to go on.`,
    );
  }
  return new Set(rows.map(({ slug }) => slug));
}

interface Batch {
  readonly seed: string;
  readonly dice: Dice;
  readonly now: Date;
  readonly batch: readonly PlannedOrganization[];
  readonly tell: (text: string) => void;
}

/** All of some organizations, or nothing of them. */
async function insertBatch(client: pg.ClientBase, { seed, dice, now, batch, tell }: Batch): Promise<void> {
  await client.query("BEGIN");
  try {
    await beginOrganizations(client, seed, batch);
    await insertAccounts(client, seed, dice, now);
    await insertFindings(client, dice, now);
    await insertHistory(client);
    const days = Math.max(...batch.map((one) => one.days));
    for (let ago = days; ago >= 1; ago -= 1) {
      await insertSnapshotsOf(client, addDays(dayOf(now), -ago), ago);
      if (ago % 10 === 0) tell(`  snapshots of ${ago} days to go`);
    }
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

function* batchesOf(plan: readonly PlannedOrganization[], most: number): Generator<PlannedOrganization[]> {
  let batch: PlannedOrganization[] = [];
  let accounts = 0;
  for (const one of plan) {
    if (batch.length > 0 && accounts + one.accounts > most) {
      yield batch;
      [batch, accounts] = [[], 0];
    }
    batch.push(one);
    accounts += one.accounts;
  }
  if (batch.length > 0) yield batch;
}

function seconds(begun: number): string {
  return `${((performance.now() - begun) / 1_000).toFixed(1)} s`;
}
