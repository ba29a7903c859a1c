import { type Sql, sql } from "@/lib/db/sql";
import type { TenantReader } from "@/lib/db/tenant-db";
import { findingKey } from "@/lib/findings/finding-key";
import { lookTimes } from "./looks-schedule";
import type { RegionProof } from "./proof";
import { readProof } from "./stored-proof";
import { proofLevels, verificationStatuses, verificationTriggers } from "./verification-states";
import type { KeyRegion, VerificationView } from "./verification-view";

/** A row of `verifications v`, with its finding and its scan. */
export interface StoredVerification {
  readonly id: string;
  readonly number: number;
  readonly findingId: string;
  readonly findingNumber: number | null;
  readonly status: string;
  readonly trigger: string;
  readonly requiredProof: string;
  readonly reachedProof: string | null;
  readonly proof: unknown;
  readonly scanNumber: number | null;
  readonly looks: number;
  readonly nextLookAt: Date | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
}

/** The verification with this id, or null. */
export async function verificationWithId(
  db: TenantReader,
  tenantId: string,
  id: string,
): Promise<VerificationView | null> {
  return first(db, tenantId, sql`v.id = ${id}::uuid`);
}

/** The verification that a finding is shown with: the open one, else the latest; null without any. */
export async function latestVerification(
  db: TenantReader,
  tenantId: string,
  findingId: string,
): Promise<VerificationView | null> {
  return first(db, tenantId, sql`v.finding_id = ${findingId}::uuid AND v.status <> 'cancelled'`);
}

async function first(db: TenantReader, tenantId: string, where: Sql): Promise<VerificationView | null> {
  const [row] = await db.$queryRaw<StoredVerification[]>`
    SELECT v.id::text AS id, v.number, v.finding_id::text AS "findingId", f.number AS "findingNumber", v.status,
           v.trigger, v.required_proof AS "requiredProof", v.reached_proof AS "reachedProof", v.proof,
           s.number AS "scanNumber", v.looks, v.next_look_at AS "nextLookAt", v.started_at AS "startedAt",
           v.finished_at AS "finishedAt"
    FROM verifications v
      JOIN findings f ON f.tenant_id = v.tenant_id AND f.id = v.finding_id
      LEFT JOIN scans s ON s.tenant_id = v.tenant_id AND s.id = v.scan_id
    WHERE v.tenant_id = ${tenantId}::uuid AND ${where}
    ORDER BY v.finished_at IS NULL DESC, v.started_at DESC, v.number DESC LIMIT 1`;
  return row ? verificationView(row) : null;
}

/** The row as pages and the API show it. Pure, but for the operator's setting of the looks. */
export function verificationView(
  row: StoredVerification,
  looksOf: (calledAt: Date) => readonly Date[] = lookTimes,
): VerificationView {
  const proof = readProof(row.proof);
  // Begun anew, it is not known yet when our calls will be made.
  const calledAt = proof.a === "waiting" || proof.calledAt === null ? null : new Date(proof.calledAt);
  return {
    id: row.id,
    number: row.number,
    findingKey: findingKey(row.findingNumber) ?? row.findingId,
    status: verificationStatuses.parse(row.status),
    trigger: verificationTriggers.parse(row.trigger),
    requiredAssurance: proofLevels.parse(row.requiredProof),
    reachedAssurance: proofLevels.parseOrNull(row.reachedProof),
    keyA: { state: proof.a, regions: proof.regions.map((region) => keyRegion(region, "a")) },
    keyB: {
      state: proof.b,
      regions: proof.byDelivery ? proof.regions.map((region) => keyRegion(region, "b")) : [],
    },
    inheritance: { state: proof.inheritance },
    scanNumber: row.scanNumber,
    looksAt: calledAt === null ? [] : looksOf(calledAt).map((time) => time.toISOString()),
    looksDone: row.looks,
    nextAt: row.nextLookAt?.toISOString() ?? null,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

function keyRegion(proof: RegionProof, key: "a" | "b"): KeyRegion {
  const { state, reason, at, evidence } = proof[key];
  return { region: proof.region, state, reason, at, evidence };
}
