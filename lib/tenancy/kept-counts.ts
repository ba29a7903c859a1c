import type { TenantReader } from "@/lib/db/tenant-db";
import type { TenantContext } from "./tenant-context";

/** From so many rows on counting costs more than the page that shows the number. */
const largeFrom = 5_000;
const keptMs = 5_000;
const mostKept = 500;

interface Kept {
  readonly value: unknown;
  /** When something last changed before it was counted; undefined until that has been looked up. */
  readonly change: string | null | undefined;
  readonly until: number;
}

const kept = new Map<string, Kept>();
/** Organizations in which something was counted that is many: what is few there costs as much to find. */
const large = new Set<string>();

/**
 * What `count` says, or said within the last five seconds of the same organization to the same question, once something
 * that was counted there is many. Each web process keeps its own, and none can tell the others; so what a person or a token changes is
 * looked up in the audit log, which is written with the change, and shows at once in all of them. What a scan finds
 * shows after five seconds at the latest, and so does the earlier of two changes that overlap.
 *
 * `question` must hold everything that the answer depends on, and the answer must be the same for every member. Where
 * what a scan finds may show later than after five seconds, `forMs` says how much.
 */
export async function keptCounts<T>(
  ctx: TenantContext,
  db: TenantReader,
  question: readonly unknown[],
  count: () => Promise<T>,
  sizeOf: (counted: T) => number,
  forMs = keptMs,
): Promise<T> {
  const key = JSON.stringify([ctx.tenantId, ...question]);
  const known = kept.get(key);
  // Before counting, so that a change in between is looked for again. Not at all in an organization that is not large.
  const change = known === undefined ? undefined : await lastChange(db, ctx.tenantId);
  if (known !== undefined && known.change === change && known.until > Date.now()) return known.value as T;
  const value = await count();
  kept.delete(key);
  if (sizeOf(value) >= largeFrom) {
    large.add(ctx.tenantId);
    if (large.size > mostKept) large.delete(large.values().next().value ?? "");
  }
  if (large.has(ctx.tenantId)) {
    kept.set(key, { value, change, until: Date.now() + forMs });
    if (kept.size > mostKept) kept.delete(kept.keys().next().value ?? "");
  }
  return value;
}

async function lastChange(db: TenantReader, tenantId: string): Promise<string | null> {
  const rows = await db.$queryRaw<{ at: string | null }[]>`
    SELECT max(at)::text AS at FROM audit_log WHERE tenant_id = ${tenantId}::uuid`;
  return rows[0]?.at ?? null;
}
