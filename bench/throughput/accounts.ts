import { randomUUID } from "node:crypto";
import pg from "pg";
import { defaultRegions } from "@/lib/checks/regions";
import type { CaseSpec, TrailSpec, WorldFile } from "@/sandbox/world/world-file";
import { scannerArn } from "./installation";

/** One connected account of one organization, and what its scans must say. */
export interface BenchAccount {
  readonly tenantId: string;
  readonly organization: number;
  readonly id: string;
  readonly awsAccountId: string;
  readonly externalId: string;
  readonly kind: Kind;
}

type Kind = "multi-Region" | "single-Region" | "stopped" | "no trail";

/** Of ten accounts six are in order; the others fail in different ways. */
const kinds: readonly Kind[] = [
  ...Array.from({ length: 6 }, () => "multi-Region" as const),
  "single-Region",
  "single-Region",
  "stopped",
  "no trail",
];

export const expected: Readonly<Record<Kind, "PASS" | "FAIL">> = {
  "multi-Region": "PASS",
  "single-Region": "FAIL",
  stopped: "FAIL",
  "no trail": "FAIL",
};

const roleName = "PosturioReadOnly";

/** The accounts of organizations with so many each. */
export function makeAccounts(sizes: readonly number[]): BenchAccount[] {
  let number = -1;
  return sizes.flatMap((size, organization) => {
    const tenantId = randomUUID();
    return Array.from({ length: size }, (): BenchAccount => {
      number += 1;
      return {
        tenantId,
        organization,
        id: randomUUID(),
        awsAccountId: String(100_000_000_000 + number),
        externalId: `pst_${randomUUID().replaceAll("-", "")}`,
        kind: kinds[number % kinds.length] ?? "multi-Region",
      };
    });
  });
}

/** The world in which those accounts exist: `latencyMs` per call, 1 % of them throttled, AWS's own limits on. */
export function worldOf(accounts: readonly BenchAccount[], latencyMs: number, throttled: number): WorldFile {
  return {
    settings: { rateLimits: true },
    accounts: accounts.map(caseOf),
    faults: [
      { kind: "latency", latencyMs },
      { kind: "throttle", api: "cloudtrail:*", probability: throttled },
    ],
  };
}

function caseOf({ awsAccountId, externalId, kind }: BenchAccount): CaseSpec {
  const trail: TrailSpec = {
    name: "audit",
    homeRegion: "us-east-1",
    isMultiRegion: kind !== "single-Region",
    includeGlobalServiceEvents: true,
    status: { isLogging: kind !== "stopped", startLoggingTime: "-90d", latestDeliveryTime: "-5m" },
  };
  return {
    account: { id: awsAccountId },
    regions: defaultRegions("aws").map((name) => ({ name, optInStatus: "opt-in-not-required" })),
    trails: kind === "no trail" ? [] : [trail],
    roles: [{ name: roleName, principals: [scannerArn], externalIds: [externalId] }],
  };
}

/** Writes organizations and connected accounts as they are after a connection test. */
export async function insertAccounts(url: string, accounts: readonly BenchAccount[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const firsts = new Map(accounts.map((account) => [account.tenantId, account]));
    for (const { tenantId, organization } of firsts.values()) {
      const name = `Bench ${organization + 1}`;
      const slug = `bench-${organization + 1}`;
      await client.query("INSERT INTO organizations (id, slug, name) VALUES ($1, $2, $3)", [
        tenantId,
        slug,
        name,
      ]);
    }
    const rows = accounts.map(({ tenantId, id, awsAccountId, externalId, kind }) => ({
      tenant_id: tenantId,
      id,
      aws_account_id: awsAccountId,
      name: `${kind} ${awsAccountId}`,
      external_id: externalId,
      role_arn: `arn:aws:iam::${awsAccountId}:role/${roleName}`,
    }));
    await client.query(
      `INSERT INTO accounts (tenant_id, id, aws_account_id, partition, name, external_id, role_arn, status, connected_at)
       SELECT tenant_id, id, aws_account_id, 'aws', name, external_id, role_arn, 'connected', now()
       FROM json_to_recordset($1) AS r(tenant_id uuid, id uuid, aws_account_id text, name text, external_id text, role_arn text)`,
      [JSON.stringify(rows)],
    );
  } finally {
    await client.end();
  }
}
