import type { z } from "zod";
import { isUnavailable } from "@/lib/db/unavailable";
import { AppError } from "@/lib/errors";
import type { BulkResult, SkipReason } from "@/lib/findings/bulk-states";
import { changeFinding } from "@/lib/findings/triage/edit-finding";
import { unwatchFinding, watchFinding } from "@/lib/findings/triage/watch-finding";
import { parse } from "@/lib/input/parse";
import { logger } from "@/lib/logger";
import { type PossibleOwner, requirePossibleOwner } from "@/lib/members/possible-owners";
import { askForScan, scanRoom } from "@/lib/scans/scan-finding";
import { authorize, authorizeOwners } from "@/lib/tenancy/authorize";
import { forgetful, type Step } from "@/lib/tenancy/steps";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { performMove } from "@/lib/verification/move-finding";
import { type BulkChange, bulkChange } from "./bulk-input";
import { judge, unmet } from "./judge";
import { findingsByKey, findingsMatching } from "./selected-findings";

interface Options {
  /** Of the scans that are asked for. */
  readonly trigger?: "manual" | "api";
  readonly step?: Step;
}

/** What is to be done, as it was decided before anything was: a request that is repeated goes on with it. */
interface Plan {
  /** Whom they are assigned to. */
  readonly owner: PossibleOwner | null;
  readonly todo: readonly { readonly key: string; readonly version: number }[];
  readonly skipped: BulkResult["skipped"];
}

/**
 * Makes the same change to many findings, each in a transaction of its own with the rules, the history and the audit of
 * the change of one: what one of them refuses keeps none of the others. A preview says what would happen, and changes
 * nothing. Throws invalid_input, and forbidden for whoever could change none.
 */
export async function changeFindings(
  ctx: TenantContext,
  input: z.input<typeof bulkChange>,
  { trigger = "manual", step = forgetful }: Options = {},
): Promise<BulkResult> {
  const change = parse(bulkChange, input);
  admit(ctx, change.action);
  if (change.preview) return resultOf(await planOf(ctx, change));
  const plan = await step("plan", () => planOf(ctx, change));
  const skipped = [...plan.skipped];
  const done: string[] = [];
  for (const finding of plan.todo) {
    const why = await step(finding.key, () => perform(ctx, change, plan.owner, finding, trigger));
    if (why === null) done.push(finding.key);
    else skipped.push({ key: finding.key, reason: why });
  }
  return { matched: done.length + skipped.length, done, skipped };
}

/** Whoever could change none of them is refused as a whole. */
function admit(ctx: TenantContext, action: BulkChange["action"]): void {
  if (action === "scan") authorize(ctx, "finding.scan");
  else if (action === "watch" || action === "unwatch") authorize(ctx, "finding.watch");
  else authorizeOwners(ctx, "finding.triage");
  if (action === "claim") authorizeOwners(ctx, "finding.claim");
}

function resultOf({ todo, skipped }: Plan): BulkResult {
  return { matched: todo.length + skipped.length, done: todo.map(({ key }) => key), skipped };
}

/** All that refuses the request as a whole is here, before anything is done. */
async function planOf(ctx: TenantContext, change: BulkChange): Promise<Plan> {
  const ownerId = change.action === "assign" ? change.value.ownerId : null;
  const owner = ownerId === null ? null : await requirePossibleOwner(ctx, ownerId);
  const { keys, filter = {} } = change;
  const { found, unknown } = await withTenant(
    ctx,
    async (db) => findingsByKey(db, ctx, keys ?? (await findingsMatching(db, ctx, filter))),
    { readOnly: true },
  );
  const room =
    change.action === "scan"
      ? await scanRoom(ctx, [...new Set(found.map(({ accountId }) => accountId))])
      : null;
  const reasons = judge(ctx, change, found, room);
  const judged = found.map(({ key, version }, at) => ({ key, version, reason: reasons[at] ?? null }));
  return {
    owner,
    todo: judged.flatMap(({ key, version, reason }) => (reason === null ? [{ key, version }] : [])),
    skipped: [
      ...judged.flatMap(({ key, reason }) => (reason === null ? [] : [{ key, reason }])),
      ...unknown.map((key) => ({ key, reason: "not_found" as const })),
    ],
  };
}

/** Changes one of them; answers why not, or null. Our own database being away is no reason: it ends the request. */
async function perform(
  ctx: TenantContext,
  change: BulkChange,
  owner: PossibleOwner | null,
  finding: { readonly key: string; readonly version: number },
  trigger: "manual" | "api",
): Promise<SkipReason | null> {
  try {
    return await changeOne(ctx, change, owner, finding, trigger);
  } catch (error) {
    if (error instanceof AppError && error.status < 500) return reasonOf(change.action, error);
    if (isUnavailable(error) || error instanceof AppError) throw error;
    logger.error({ err: error, requestId: ctx.requestId, finding: finding.key }, "a bulk change failed");
    return "failed";
  }
}

async function changeOne(
  ctx: TenantContext,
  change: BulkChange,
  owner: PossibleOwner | null,
  { key, version }: { readonly key: string; readonly version: number },
  trigger: "manual" | "api",
): Promise<SkipReason | null> {
  switch (change.action) {
    case "assign":
      return (await changeFinding(ctx, { key, version, ...change.value }, owner)) ? null : "already_assigned";
    case "due":
      return (await changeFinding(ctx, { key, version, ...change.value }, undefined)) ? null : "already_due";
    case "watch":
      await watchFinding(ctx, { key });
      return null;
    case "unwatch":
      await unwatchFinding(ctx, { key });
      return null;
    case "claim":
      await performMove(ctx, { key, version, to: "awaiting_verification", ...change.value });
      return null;
    case "scan":
      return (await askForScan(ctx, { key, trigger })).wasUnderWay ? "scan_under_way" : null;
  }
}

/** What the use case of one finding said, as a word: for what has changed since the plan was made. */
function reasonOf(action: BulkChange["action"], { code, members }: AppError): SkipReason {
  switch (code) {
    case "not_found":
      return "not_found";
    case "forbidden":
      return action === "scan" ? "passing" : "not_allowed";
    case "version_conflict":
      return "version_changed";
    case "transition_not_allowed":
      return "not_open";
    case "guard_unmet":
      return unmet("guards" in members ? members.guards?.[0]?.id : undefined);
    case "rate_limited":
      return "scan_limit_reached";
    case "conflict":
      return "account_not_connected";
    case "invalid_input":
      return "not_open";
    default:
      return "failed";
  }
}
