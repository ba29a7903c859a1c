import type { Partition } from "@/lib/checks/facts/facts";
import { partitions } from "@/lib/checks/words";
import type { TenantDb } from "@/lib/db/tenant-db";
import { type Month, monthFrom } from "@/lib/history/month";
import type { Proof } from "./proof";
import { readProof } from "./stored-proof";
import {
  type ProofLevel,
  proofLevels,
  type VerificationStatus,
  verificationStatuses,
} from "./verification-states";

/** A verification that has not ended, with all that a worker needs of its account. */
export interface OpenVerification {
  readonly id: string;
  readonly number: number;
  readonly findingId: string;
  readonly checkId: string;
  readonly claimId: string | null;
  readonly status: VerificationStatus;
  readonly requiredProof: ProofLevel;
  readonly month: Month;
  readonly startedAt: Date;
  readonly scanId: string | null;
  readonly proof: Proof;
  readonly looks: number;
  readonly givesUpAt: Date | null;
  readonly firstGaveUpAt: Date | null;
  readonly retries: number;
  readonly account: {
    readonly id: string;
    readonly awsAccountId: string;
    readonly partition: Partition;
    readonly name: string;
    readonly role: { readonly arn: string; readonly externalId: string } | null;
  };
}

interface Row {
  readonly id: string;
  readonly number: number;
  readonly finding_id: string;
  readonly check_id: string;
  readonly claim_id: string | null;
  readonly status: string;
  readonly required_proof: string;
  readonly month: Date;
  readonly started_at: Date;
  readonly scan_id: string | null;
  readonly proof: unknown;
  readonly looks: number;
  readonly gives_up_at: Date | null;
  readonly first_gave_up_at: Date | null;
  readonly retries: number;
  readonly account_id: string;
  readonly aws_account_id: string;
  readonly partition: string;
  readonly name: string;
  readonly account_status: string;
  readonly role_arn: string | null;
  readonly external_id: string;
}

/** The verification, locked until the end of the transaction; null when it has ended. */
export async function lockOpenVerification(
  db: TenantDb,
  tenantId: string,
  id: string,
): Promise<OpenVerification | null> {
  const [row] = await db.$queryRaw<Row[]>`
    SELECT v.id::text, v.number, v.finding_id::text, f.check_id, v.claim_id::text, v.status, v.required_proof, v.month,
           v.started_at, v.scan_id::text, v.proof, v.looks, v.gives_up_at, v.first_gave_up_at, v.retries,
           a.id::text AS account_id, a.aws_account_id, a.partition, a.name, a.status AS account_status, a.role_arn,
           a.external_id
    FROM verifications v
      JOIN findings f ON f.tenant_id = v.tenant_id AND f.id = v.finding_id
      JOIN accounts a ON a.tenant_id = v.tenant_id AND a.id = v.account_id
    WHERE v.tenant_id = ${tenantId}::uuid AND v.id = ${id}::uuid AND v.finished_at IS NULL
    FOR UPDATE OF v`;
  if (!row) return null;
  const isConnected = row.role_arn !== null && row.account_status !== "disconnected";
  return {
    id: row.id,
    number: row.number,
    findingId: row.finding_id,
    checkId: row.check_id,
    claimId: row.claim_id,
    status: verificationStatuses.parse(row.status),
    requiredProof: proofLevels.parse(row.required_proof),
    month: monthFrom(row.month),
    startedAt: row.started_at,
    scanId: row.scan_id,
    proof: readProof(row.proof),
    looks: row.looks,
    givesUpAt: row.gives_up_at,
    firstGaveUpAt: row.first_gave_up_at,
    retries: row.retries,
    account: {
      id: row.account_id,
      awsAccountId: row.aws_account_id,
      partition: partitions.parse(row.partition),
      name: row.name,
      role: isConnected && row.role_arn ? { arn: row.role_arn, externalId: row.external_id } : null,
    },
  };
}

/** Its account, for the lock that comes before every other; null when there is no such verification. */
export async function accountOfVerification(
  db: TenantDb,
  tenantId: string,
  id: string,
): Promise<string | null> {
  const [row] = await db.$queryRaw<{ account_id: string }[]>`
    SELECT account_id::text FROM verifications WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid`;
  return row?.account_id ?? null;
}
