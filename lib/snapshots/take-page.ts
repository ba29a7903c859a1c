import { environments } from "@/lib/accounts/account-states";
import { assertHeld, finishWork, type Held, parkWork } from "@/lib/db/system/work-items";
import type { TenantDb } from "@/lib/db/tenant-db";
import { renewScores } from "@/lib/findings/priority/renew-scores";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { type AccountAsItWas, accountsAsTheyWere } from "./account-as-it-was";
import { addDays, type Day, endOf, startOf } from "./day";
import { findingsAsTheyWere } from "./finding-as-it-was";
import { type Progress, progressOf, storeProgress } from "./progress";
import { saidKey, saidOf } from "./said-of";
import { snapshotOf } from "./snapshot-of";
import { carriedFrom, insertSnapshots, type TakenSnapshot } from "./store-snapshots";
import { insertCoverageDay } from "./sum-day";

/** Accounts of one transaction. Scanned every hour they have 1,200 results a day to unpack: a second. */
const accountsPerPage = 50;

/**
 * A scan that judged just before the last day ended, and was stored only after its snapshot was taken, corrects what
 * the next day begins with, in minutes.
 */
const lookBackMinutes = 60;

export interface TakenPage {
  readonly snapshots: number;
  /** Null: there is more, and the worker goes on. */
  readonly ending: "finished" | "parked" | null;
}

/**
 * Takes the snapshots of the next accounts of the next day, or ends the item when no day is left; one transaction
 * behind the lease, so that a page is there with the progress it makes, or not at all. The last page of a turn parks
 * the item.
 */
export function takePage(
  ctx: TenantContext,
  held: Held,
  { isLast }: { isLast: boolean },
): Promise<TakenPage> {
  const { tenantId } = ctx;
  return withTenant(ctx, async (db) => {
    const { progress, lastDay, now } = await progressOf(db, tenantId);
    if (progress.nextDay > lastDay) {
      await finishWork(db, held);
      return { snapshots: 0, ending: "finished" };
    }
    const accounts = await nextAccounts(db, tenantId, progress);
    const taken = await snapshotsOf(db, tenantId, progress.nextDay, accounts);
    await assertHeld(db, held);
    await insertSnapshots(db, tenantId, progress.nextDay, taken);
    // Scores age by a day as well. Once is enough, however many days are filled in.
    if (progress.nextDay === lastDay)
      await renewScores(db, tenantId, { accountIds: accounts.map(({ id }) => id) });
    await storeProgress(db, tenantId, await advanced(db, tenantId, progress, accounts));
    if (isLast) await parkWork(db, held, now);
    return { snapshots: taken.length, ending: isLast ? "parked" : null };
  });
}

interface AccountOfPage {
  readonly id: string;
  readonly environment: string;
  readonly connected_at: Date;
  readonly disconnected_at: Date | null;
  readonly every_minutes: number | null;
}

/** Accounts that were connected for a part of the day. An account is connected once: it comes back as another one. */
function nextAccounts(
  db: TenantDb,
  tenantId: string,
  { nextDay, afterAccount }: Progress,
): Promise<AccountOfPage[]> {
  return db.$queryRaw<AccountOfPage[]>`
    SELECT a.id::text, a.environment, a.connected_at, a.disconnected_at,
           CASE WHEN s.enabled OR a.disconnected_at IS NOT NULL THEN s.every_minutes END AS every_minutes
    FROM accounts a LEFT JOIN scan_schedules s ON s.tenant_id = a.tenant_id AND s.account_id = a.id
    WHERE a.tenant_id = ${tenantId}::uuid AND a.connected_at < ${endOf(nextDay)}
      AND (a.disconnected_at IS NULL OR a.disconnected_at > ${startOf(nextDay)})
      AND (${afterAccount}::uuid IS NULL OR a.id > ${afterAccount}::uuid)
    ORDER BY a.id LIMIT ${accountsPerPage}`;
}

async function snapshotsOf(
  db: TenantDb,
  tenantId: string,
  day: Day,
  accounts: readonly AccountOfPage[],
): Promise<TakenSnapshot[]> {
  const ids = accounts.map(({ id }) => id);
  if (ids.length === 0) return [];
  const findings = await findingsAsTheyWere(db, tenantId, ids, endOf(day));
  const checkIds = new Set([...findings.values()].flat().map(({ checkId }) => checkId));
  const carried = await carriedFrom(db, tenantId, addDays(day, -1), ids, [...checkIds]);
  const from = new Date(startOf(day).getTime() - lookBackMinutes * 60_000);
  const said = await saidOf(db, tenantId, ids, from, endOf(day));
  const now = new Map(accounts.map((account) => [account.id, settingsOf(account)]));
  const settings = await accountsAsTheyWere(db, tenantId, now, endOf(day));
  return accounts.flatMap((account) => {
    const { environment, everyMinutes } = settings.get(account.id) ?? settingsOf(account);
    return (findings.get(account.id) ?? []).flatMap((finding) => {
      const key = saidKey(account.id, finding.checkId);
      const snapshot = snapshotOf({
        day,
        connectedAt: account.connected_at,
        disconnectedAt: account.disconnected_at,
        everyMinutes,
        carried: carried.get(key) ?? null,
        said: said.get(key) ?? [],
      });
      if (snapshot === null) return [];
      return [{ accountId: account.id, environment, everyMinutes, finding, snapshot }];
    });
  });
}

function settingsOf({ environment, every_minutes }: AccountOfPage): AccountAsItWas {
  return { environment: environments.parse(environment), everyMinutes: every_minutes };
}

async function advanced(
  db: TenantDb,
  tenantId: string,
  { nextDay }: Progress,
  accounts: readonly AccountOfPage[],
): Promise<Progress> {
  const last = accounts.at(-1);
  if (accounts.length === accountsPerPage && last) return { nextDay, afterAccount: last.id };
  await insertCoverageDay(db, tenantId, nextDay);
  return { nextDay: addDays(nextDay, 1), afterAccount: null };
}
