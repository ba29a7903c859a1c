import { identityPrisma, prisma } from "@/lib/db/client";

// Keeping and erasing concern every organization: ids and times only.

export interface KeptOrganization {
  readonly id: string;
  readonly isHeld: boolean;
}

/** Every organization, and whether a legal hold stops deleting and erasing its rows. */
export async function organizationsToKeep(): Promise<KeptOrganization[]> {
  const rows = await identityPrisma.organization.findMany({ select: { id: true, legalHoldAt: true } });
  return rows.map(({ id, legalHoldAt }) => ({ id, isHeld: legalHoldAt !== null }));
}

/** Whether history has room for this month and the next one. */
export async function historyHasRoom(): Promise<boolean> {
  const rows = await prisma.$queryRaw<{ room: boolean }[]>`
    SELECT bool_and(to_regclass('public.runs_' || to_char(m AT TIME ZONE 'UTC', 'YYYY_MM')) IS NOT NULL) AS room
    FROM (VALUES (business_now()), (business_now() + interval '1 month')) AS v(m)`;
  return rows[0]?.room === true;
}

export interface PurgedIdentity {
  readonly sessions: number;
  readonly resets: number;
  readonly invites: number;
  readonly browsers: number;
}

/** Deletes identity rows that are of no more use: ended sessions, used or expired links, old invites and browsers. */
export async function purgeIdentity(): Promise<PurgedIdentity> {
  const sessions = await identityPrisma.$executeRaw`
    DELETE FROM sessions
    WHERE LEAST(expires_at, idle_expires_at, COALESCE(revoked_at, expires_at)) < now() - interval '7 days'`;
  const resets = await identityPrisma.$executeRaw`
    DELETE FROM password_resets WHERE LEAST(expires_at, COALESCE(used_at, expires_at)) < now() - interval '7 days'`;
  const invites = await identityPrisma.$executeRaw`
    DELETE FROM invites
    WHERE LEAST(expires_at, COALESCE(accepted_at, expires_at), COALESCE(revoked_at, expires_at)) < now() - interval '90 days'`;
  const browsers = await identityPrisma.$executeRaw`DELETE FROM known_browsers WHERE expires_at < now()`;
  return { sessions, resets, invites, browsers };
}
