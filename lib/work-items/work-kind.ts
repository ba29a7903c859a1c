import { type Held, insertWork, type WorkDb } from "@/lib/db/system/work-items";
import type { TenantDb } from "@/lib/db/tenant-db";
import type { TenantContext } from "@/lib/tenancy/tenant-context";

/**
 * The share of all slots that each kind of load may take, so that people's requests always find room: whatever a
 * person waits for (priority 0) counts as interactive, whichever kind it is.
 */
export const budgets = { interactive: 1, scan: 0.8, delivery: 0.5, long: 0.5, upkeep: 0.2 } as const;
export type Budget = keyof typeof budgets;

/** What is the same for every item of a kind. Defined in the feature's folder. */
export interface WorkKind {
  /** Stored; never renamed. */
  readonly kind: string;
  /** `account`: never two items of one account at once, of whatever kinds. */
  readonly lane: "account" | "none";
  /** After so many errors of the work itself it has failed. */
  readonly maxFailures: number;
  /** Not begun, or not gone on with, after so many seconds: it has expired. */
  readonly expiresAfterSeconds: number;
  readonly budget: Budget;
}

/** What the installation does once a day. */
export interface DailyWork extends WorkKind {
  /** At this minute after midnight in UTC, or as soon as it can be; absent: whenever a day has passed. */
  readonly minuteOfDay?: number;
}

export interface Subject {
  readonly tenantId: string;
  readonly subjectId: string;
}

/** Why an item was given up. The text is for the page. */
export interface WorkFailure {
  readonly errorCode: string;
  readonly errorText: string;
}

/**
 * What a kind does for an organization. `run` ends the item itself, in the transaction of its effect, with finishWork
 * or parkWork; it may run again after a crash at any point, and returns what the log should say. The hooks run in the
 * transaction that changes the item.
 */
export interface TenantWork {
  readonly definition: WorkKind;
  readonly scope: "tenant";
  run(work: {
    readonly ctx: TenantContext;
    readonly held: Held;
    readonly subjectId: string;
    /** Aborted when the lease is lost or the worker stops: then nothing more may be written. */
    readonly signal: AbortSignal;
  }): Promise<object>;
  /** The item went back to the queue. */
  released(db: TenantDb, subject: Subject): Promise<void>;
  /** The item is given up. */
  failed(db: TenantDb, subject: Subject & WorkFailure): Promise<void>;
}

/** What a kind does for the installation. There is no tenant context: it reaches no organization's data. */
export interface InstallationWork {
  readonly definition: WorkKind;
  readonly scope: "installation";
  run(work: {
    readonly held: Held;
    readonly subjectId: string | null;
    readonly signal: AbortSignal;
  }): Promise<object>;
}

export type Work = TenantWork | InstallationWork;

/** Adds an item of the kind in the caller's transaction; false when the subject has an open one already. */
export function addWork(
  db: WorkDb,
  { kind, lane, expiresAfterSeconds }: WorkKind,
  item: {
    readonly tenantId: string;
    readonly subjectId: string;
    readonly accountId: string | null;
    readonly isAwaited: boolean;
    readonly delaySeconds?: number;
  },
): Promise<boolean> {
  return insertWork(db, {
    kind,
    tenantId: item.tenantId,
    subjectId: item.subjectId,
    lane: lane === "account" ? item.accountId : null,
    priority: item.isAwaited ? 0 : 1,
    expiresAfterSeconds,
    delaySeconds: item.delaySeconds ?? 0,
  });
}
