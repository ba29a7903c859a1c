import type { AccountStatus } from "@/lib/accounts/account-states";
import type { TenantReader } from "@/lib/db/tenant-db";
import { type FindingStatus, isOpen } from "@/lib/findings/lifecycle/states";
import { allowedMoves } from "@/lib/findings/lifecycle/transition";
import { actorText, type Names } from "@/lib/findings/names";
import type { TriageView } from "@/lib/findings/triage-view";
import { mayAsOwner } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { suggestOwner } from "./suggest-owner";

interface StoredTriage {
  readonly version: number;
  readonly owner_id: string | null;
  readonly due_at: Date | null;
  readonly due_day: string | null;
  readonly ticket_url: string | null;
  readonly claim: {
    readonly at: string;
    readonly by: string;
    readonly note: string | null;
    readonly trailArn: string | null;
    readonly guardrail: string | null;
    readonly guardrailWaiver: string | null;
  } | null;
  readonly failed_claims: number;
  readonly watchers: readonly string[] | null;
  readonly now: Date;
}

/** What is decided about a finding, with people by id: names come from withNames(), behind another door. */
export async function triageOf(
  db: TenantReader,
  ctx: TenantContext,
  finding: {
    readonly id: string;
    readonly accountId: string;
    readonly accountStatus: AccountStatus;
    readonly status: FindingStatus;
    readonly episode: number;
  },
): Promise<TriageView> {
  const { tenantId } = ctx;
  const [row] = await db.$queryRaw<StoredTriage[]>`
    SELECT f.version, f.owner_id::text, f.due_at, f.ticket_url,
           to_char(f.due_at AT TIME ZONE COALESCE(t.time_zone, 'UTC'), 'YYYY-MM-DD') AS due_day, business_now() AS now,
           (SELECT json_build_object('at', c.claimed_at, 'by', c.claimed_by, 'note', c.note, 'trailArn', c.trail_arn,
                                     'guardrail', c.guardrail, 'guardrailWaiver', c.guardrail_waiver)
            FROM claims c WHERE c.tenant_id = f.tenant_id AND c.finding_id = f.id AND c.ended_at IS NULL) AS claim,
           (SELECT count(*)::int FROM claims c WHERE c.tenant_id = f.tenant_id AND c.finding_id = f.id
              AND c.episode = f.episode AND c.ending = 'refuted' AND c.claimed_by <> 'system') AS failed_claims,
           (SELECT array_agg(w.user_id::text ORDER BY w.since) FROM finding_watchers w
            WHERE w.tenant_id = f.tenant_id AND w.finding_id = f.id) AS watchers
    FROM findings f LEFT JOIN triage_settings t ON t.tenant_id = f.tenant_id
    WHERE f.tenant_id = ${tenantId}::uuid AND f.id = ${finding.id}::uuid`;
  if (!row) throw new Error("The finding that was just read is not there.");
  const ownerId = row.owner_id;
  const open = isOpen(finding.status);
  const move = {
    hasOwner: ownerId !== null,
    isAccountReadable: finding.accountStatus === "connected",
    episode: finding.episode,
    reason: null,
    guardrail: null,
    guardrailWaiver: null,
  };
  return {
    version: row.version,
    owner: ownerId === null ? null : { id: ownerId, name: null },
    suggestedOwner: ownerId === null && open ? await suggestOwner(db, tenantId, finding.accountId) : null,
    dueAt: row.due_at?.toISOString() ?? null,
    dueDay: row.due_day,
    isOverdue: open && row.due_at !== null && row.due_at < row.now,
    ticketUrl: row.ticket_url,
    claim: row.claim === null ? null : { ...row.claim, at: new Date(row.claim.at).toISOString() },
    failedClaims: row.failed_claims,
    watchers: (row.watchers ?? []).map((id) => ({ id, name: null })),
    allowed: allowedMoves(finding.status, move).filter(({ to }) =>
      mayAsOwner(ctx, to === "awaiting_verification" ? "finding.claim" : "finding.triage", ownerId),
    ),
    mayEdit: mayAsOwner(ctx, "finding.triage", ownerId),
  };
}

/** Everybody in it, by id. */
export function peopleOf({ owner, suggestedOwner, watchers, claim }: TriageView): {
  readonly actors: readonly string[];
  readonly people: readonly string[];
} {
  const people = [...(owner ? [owner] : []), ...(suggestedOwner ? [suggestedOwner.person] : []), ...watchers];
  return { actors: claim ? [claim.by] : [], people: people.map(({ id }) => id) };
}

/** The same with the names of everybody in it. */
export function withNames(triage: TriageView, names: Names): TriageView {
  const { owner, suggestedOwner, watchers, claim } = triage;
  return {
    ...triage,
    owner: owner && names.person(owner.id),
    suggestedOwner: suggestedOwner && {
      ...suggestedOwner,
      person: names.person(suggestedOwner.person.id),
    },
    watchers: watchers.map(({ id }) => names.person(id)),
    claim: claim && { ...claim, by: actorText(names.actor(claim.by)) },
  };
}
