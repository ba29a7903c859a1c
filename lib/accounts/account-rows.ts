import { byRegistry } from "@/lib/checks/registry";
import { partitions, severities } from "@/lib/checks/words";
import { type Schedule, schedulesOf } from "@/lib/db/system/schedules";
import type { TenantDb } from "@/lib/db/tenant-db";
import { findingKey } from "@/lib/findings/finding-key";
import { observations } from "@/lib/findings/lifecycle/states";
import { isStale } from "@/lib/findings/staleness";
import { scanStatuses } from "@/lib/scans/scan-states";
import { businessNow } from "@/lib/tenancy/business-now";
import { accountStatuses, environments } from "./account-states";
import type { AccountRow } from "./account-view";

/** Rows of all accounts, or of the one with the id: connected ones first, then by name. */
export async function accountRows(db: TenantDb, tenantId: string, id?: string): Promise<AccountRow[]> {
  const accounts = await db.account.findMany({
    where: { tenantId, ...(id === undefined ? {} : { id }) },
    include: {
      findings: {
        select: { checkId: true, number: true, observation: true, severity: true, short: true },
        orderBy: { checkId: "asc" },
      },
      scans: {
        select: { number: true, status: true, requestedAt: true, finishedAt: true },
        orderBy: { requestedAt: "desc" },
        take: 1,
      },
    },
  });
  const schedules = await schedulesOf(db, tenantId);
  const now = await businessNow(db);
  return accounts.map((account) => accountRow(account, schedules.get(account.id), now)).sort(byStanding);
}

interface StoredAccount {
  readonly id: string;
  readonly name: string;
  readonly awsAccountId: string;
  readonly partition: string;
  readonly environment: string;
  readonly status: string;
  readonly statusReason: string | null;
  readonly roleArn: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly connectedAt: Date | null;
  readonly lastReadAt: Date | null;
  readonly trustCheckedAt: Date | null;
  readonly trustProblem: string | null;
  readonly findings: readonly {
    readonly checkId: string;
    readonly number: number | null;
    readonly observation: string;
    readonly severity: string | null;
    readonly short: string | null;
  }[];
  readonly scans: readonly {
    readonly number: number;
    readonly status: string;
    readonly requestedAt: Date;
    readonly finishedAt: Date | null;
  }[];
}

function accountRow(account: StoredAccount, schedule: Schedule | undefined, now: Date): AccountRow {
  const scan = account.scans[0];
  return {
    id: account.id,
    name: account.name,
    awsAccountId: account.awsAccountId,
    partition: partitions.parse(account.partition),
    environment: environments.parse(account.environment),
    status: accountStatuses.parse(account.status),
    statusText: account.statusReason,
    roleArn: account.roleArn,
    version: account.version,
    createdAt: account.createdAt.toISOString(),
    connectedAt: account.connectedAt?.toISOString() ?? null,
    lastReadAt: account.lastReadAt?.toISOString() ?? null,
    trustCheckedAt: account.trustCheckedAt?.toISOString() ?? null,
    trustProblem: account.trustProblem,
    isStale: isStale(account.lastReadAt, schedule?.everyMinutes, now),
    nextScanAt: schedule?.enabled ? schedule.nextDueAt.toISOString() : null,
    everyMinutes: schedule?.enabled ? schedule.everyMinutes : null,
    findings: [...account.findings]
      .sort(byRegistry)
      .map(({ checkId, number, observation, severity, short }) => ({
        checkId,
        key: findingKey(number),
        observation: observations.parse(observation),
        severity: severities.parseOrNull(severity),
        short,
      })),
    lastScan: scan ? lastScan(scan) : null,
  };
}

function lastScan(scan: StoredAccount["scans"][number]): AccountRow["lastScan"] {
  const { number, finishedAt, requestedAt } = scan;
  return { number, status: scanStatuses.parse(scan.status), at: (finishedAt ?? requestedAt).toISOString() };
}

function byStanding(a: AccountRow, b: AccountRow): number {
  const place = ({ status }: AccountRow) => accountStatuses.values.indexOf(status);
  return place(a) - place(b) || a.name.localeCompare(b.name);
}
