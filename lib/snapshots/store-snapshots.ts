import { severities } from "@/lib/checks/words";
import type { TenantDb } from "@/lib/db/tenant-db";
import { observations } from "@/lib/findings/lifecycle/states";
import { monthFrom } from "@/lib/history/month";
import { type Day, monthOfDay } from "./day";
import type { FindingAsItWas } from "./finding-as-it-was";
import { packRegions, unpackRegions } from "./packed-regions";
import { saidKey } from "./said-of";
import type { Carried, Snapshot } from "./snapshot-of";

/** A snapshot with what it is of. */
export interface TakenSnapshot {
  readonly accountId: string;
  readonly environment: string;
  readonly everyMinutes: number | null;
  readonly finding: FindingAsItWas;
  readonly snapshot: Snapshot;
}

/** Adds the snapshots of a day; one that is there stays as it is. */
export async function insertSnapshots(
  db: TenantDb,
  tenantId: string,
  day: Day,
  taken: readonly TakenSnapshot[],
): Promise<void> {
  if (taken.length === 0) return;
  await db.$executeRaw`
    INSERT INTO snapshots (tenant_id, month, day, check_id, account_id, scan_id, scan_month, owner_id, due_at, decided_at,
      check_version, episode, every_minutes, connected_seconds, covered_seconds, partial_seconds, uncovered_seconds,
      unknown_seconds, covered_regions, partial_regions, uncovered_regions, unknown_regions, environment, status,
      observation, severity, unknown_because, regions)
    SELECT ${tenantId}::uuid, ${monthOfDay(day)}::date, ${day}::date, r.check_id, r.account_id, r.scan_id, r.scan_month,
      r.owner_id, r.due_at, r.decided_at, r.check_version, r.episode, r.every_minutes, r.connected_seconds,
      r.covered_seconds, r.partial_seconds, r.uncovered_seconds, r.unknown_seconds,
      r.covered_regions, r.partial_regions, r.uncovered_regions, r.unknown_regions,
      r.environment, r.status, r.observation, r.severity, r.unknown_because, decode(r.regions, 'base64')
    FROM json_to_recordset(${JSON.stringify(taken.map(rowOf))}::json) AS r(
      check_id text, account_id uuid, scan_id uuid, scan_month date, owner_id uuid, due_at timestamptz,
      decided_at timestamptz, check_version int, episode int, every_minutes int, connected_seconds int,
      covered_seconds int, partial_seconds int, uncovered_seconds int, unknown_seconds int, covered_regions smallint,
      partial_regions smallint, uncovered_regions smallint, unknown_regions smallint, environment text, status text,
      observation text, severity text, unknown_because text, regions text)
    ON CONFLICT DO NOTHING`;
}

function rowOf({ accountId, environment, everyMinutes, finding, snapshot }: TakenSnapshot) {
  const { seconds, counts, time } = snapshot;
  return {
    check_id: finding.checkId,
    account_id: accountId,
    scan_id: snapshot.scanId,
    scan_month: snapshot.scanMonth,
    owner_id: finding.ownerId,
    due_at: finding.dueAt,
    decided_at: snapshot.decidedAt,
    check_version: snapshot.checkVersion,
    episode: finding.episode,
    every_minutes: everyMinutes,
    connected_seconds: time.connectedSeconds,
    covered_seconds: seconds.covered,
    partial_seconds: seconds.partial,
    uncovered_seconds: seconds.uncovered,
    unknown_seconds: seconds.unknown,
    covered_regions: counts.covered,
    partial_regions: counts.partial,
    uncovered_regions: counts.uncovered,
    unknown_regions: counts.unknown,
    environment,
    status: finding.status,
    observation: snapshot.observation,
    severity: snapshot.severity,
    unknown_because: snapshot.unknownBecause,
    regions: Buffer.from(packRegions(time.regions)).toString("base64"),
  };
}

interface CarriedRow {
  readonly account_id: string;
  readonly check_id: string;
  readonly check_version: number;
  readonly observation: string;
  readonly severity: string | null;
  readonly decided_at: Date | null;
  readonly scan_id: string | null;
  readonly scan_month: Date | null;
  readonly unknown_because: string | null;
  readonly regions: Uint8Array;
}

/** The snapshots of some accounts on a day, by account and check, for the day after to build on. */
export async function carriedFrom(
  db: TenantDb,
  tenantId: string,
  day: Day,
  accountIds: readonly string[],
  checkIds: readonly string[],
): Promise<Map<string, Carried>> {
  const rows = await db.$queryRaw<CarriedRow[]>`
    SELECT account_id::text, check_id, check_version, observation, severity, decided_at, scan_id::text, scan_month,
           unknown_because, regions
    FROM snapshots
    WHERE tenant_id = ${tenantId}::uuid AND month = ${monthOfDay(day)}::date AND day = ${day}::date
      AND check_id = ANY (${[...checkIds]}::text[]) AND account_id = ANY (${[...accountIds]}::uuid[])`;
  return new Map(rows.map((row) => [saidKey(row.account_id, row.check_id), carriedOf(row)]));
}

function carriedOf(row: CarriedRow): Carried {
  const regions = [...unpackRegions(row.regions)].flatMap(([name, { end }]) =>
    end === null ? [] : [[name, end] as const],
  );
  return {
    observation: observations.parse(row.observation),
    checkVersion: row.check_version,
    severity: severities.parseOrNull(row.severity),
    decidedAt: row.decided_at,
    scanId: row.scan_id,
    scanMonth: row.scan_month === null ? null : monthFrom(row.scan_month),
    unknownBecause: row.unknown_because,
    regions: new Map(regions),
  };
}
