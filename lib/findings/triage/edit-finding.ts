import type { z } from "zod";
import { type Sql, sql } from "@/lib/db/sql";
import { AppError } from "@/lib/errors";
import type { FindingView } from "@/lib/findings/finding-view";
import { readFinding } from "@/lib/findings/get-finding";
import { isOpen } from "@/lib/findings/lifecycle/states";
import { renewScores } from "@/lib/findings/priority/renew-scores";
import type { NewFindingEvent } from "@/lib/findings/reconcile";
import { parse } from "@/lib/input/parse";
import { type PossibleOwner, requirePossibleOwner } from "@/lib/members/possible-owners";
import { audit } from "@/lib/tenancy/audit";
import { authorizeAsOwner, authorizeOwners } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { type LockedFinding, lockFinding, requireVersion } from "./lock-finding";
import { storeTriage } from "./store-triage";
import { findingChange } from "./triage-input";

interface Step {
  readonly set: readonly Sql[];
  readonly event: NewFindingEvent;
}

/**
 * Changes owner, due date and ticket of a finding: all of it or nothing. Leads and admins, and the owner. A change of
 * the due date needs a reason. What is as it was is no change.
 * Answers the finding as it then is. Throws invalid_input, not_found, forbidden and version_conflict.
 */
export async function editFinding(
  ctx: TenantContext,
  input: z.input<typeof findingChange>,
): Promise<FindingView> {
  authorizeOwners(ctx, "finding.triage");
  const change = parse(findingChange, input);
  const owner =
    typeof change.ownerId === "string" ? await requirePossibleOwner(ctx, change.ownerId) : change.ownerId;
  await changeFinding(ctx, change, owner);
  return readFinding(ctx, change.key);
}

/**
 * The same in one transaction, without reading the finding again: `owner` is who `change.ownerId` names. False when all
 * of it was so already.
 */
export async function changeFinding(
  ctx: TenantContext,
  change: z.output<typeof findingChange>,
  owner: PossibleOwner | null | undefined,
): Promise<boolean> {
  return withTenant(ctx, async (db) => {
    const finding = await lockFinding(db, ctx.tenantId, change.key);
    authorizeAsOwner(ctx, "finding.triage", finding.ownerId);
    requireVersion(finding, change.version);
    const steps = [
      ownerStep(finding, owner),
      dueStep(finding, change),
      ticketStep(finding, change.ticketUrl),
    ];
    const made = steps.filter((step) => step !== null);
    if (made.length === 0) return false;
    await storeTriage(
      db,
      ctx,
      finding.id,
      made.flatMap(({ set }) => set),
      made.map(({ event }) => event),
    );
    if (made.some(({ event }) => event.kind === "due_changed"))
      await renewScores(db, ctx.tenantId, { findingId: finding.id });
    for (const { event } of made) {
      const { before = {}, after = {} } = event;
      await audit(db, ctx, `finding.${event.kind}`, `finding:${finding.id}`, {
        key: finding.key,
        before,
        after,
      });
    }
    return true;
  });
}

/** The change of the owner, or null when it stays as it is. */
export function ownerStep(finding: LockedFinding, owner: PossibleOwner | null | undefined): Step | null {
  const ownerId = owner === undefined ? undefined : (owner?.id ?? null);
  if (ownerId === undefined || ownerId === finding.ownerId) return null;
  const [before, after] = [{ ownerId: finding.ownerId }, { ownerId }];
  return {
    set: [sql`owner_id = ${ownerId}::uuid`],
    event:
      owner === null || owner === undefined
        ? { kind: "unassigned", text: "Unassigned.", before, after }
        : { kind: "assigned", text: `Assigned to ${owner.name}.`, before, after },
  };
}

function dueStep(finding: LockedFinding, { dueAt, dueReason }: z.output<typeof findingChange>): Step | null {
  if (dueAt === undefined || isSameTime(dueAt, finding.dueAt)) return null;
  if (!isOpen(finding.status)) {
    throw new AppError("invalid_input", "This finding is not open, so nothing of it is due.", {
      fields: { dueAt: "Nothing of it is due." },
    });
  }
  if (!dueReason) {
    const text = "Say why the due date changes: it goes into the history.";
    throw new AppError("invalid_input", text, { fields: { dueReason: text } });
  }
  const after = dueAt === null ? null : new Date(dueAt).toISOString();
  return {
    set: [sql`due_at = ${after}::timestamptz`, sql`due_set_by = 'person'`],
    event: {
      kind: "due_changed",
      text: `${after === null ? "Due date removed" : "Due date changed"}: ${dueReason}`,
      before: { dueAt: finding.dueAt },
      after: { dueAt: after },
    },
  };
}

function isSameTime(asked: string | null, dueAt: string | null): boolean {
  if (asked === null || dueAt === null) return asked === dueAt;
  return Date.parse(asked) === Date.parse(dueAt);
}

function ticketStep(finding: LockedFinding, ticketUrl: string | null | undefined): Step | null {
  if (ticketUrl === undefined || ticketUrl === finding.ticketUrl) return null;
  return {
    set: [sql`ticket_url = ${ticketUrl}`],
    event: {
      kind: "ticket_changed",
      text: ticketUrl === null ? "Ticket removed." : "Linked to a ticket.",
      before: { ticketUrl: finding.ticketUrl },
      after: { ticketUrl },
    },
  };
}
