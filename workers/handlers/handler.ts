import type { Lease } from "@/lib/db/system/dispatch";
import type { TenantDb } from "@/lib/db/tenant-db";
import type { TenantContext } from "@/lib/tenancy/tenant-context";

export interface JobRun {
  readonly ctx: TenantContext;
  readonly lease: Lease;
  /** Aborted when the lease is lost or the worker stops: then nothing more may be written. */
  readonly signal: AbortSignal;
}

export interface Subject {
  readonly tenantId: string;
  readonly subjectId: string;
}

/** What a kind of job does. The hooks run inside the transaction that changes the obligation itself. */
export interface JobHandler {
  /** Does the work; answers what the log should say of it. May be run again after a crash at any point. */
  run(job: JobRun): Promise<object>;
  /** The obligation went back to the queue as this attempt. */
  requeued(db: TenantDb, subject: Subject & { readonly attempt: number }): Promise<void>;
  /** The obligation is given up; the text is for the page. */
  failed(
    db: TenantDb,
    subject: Subject & { readonly errorCode: string; readonly errorText: string },
  ): Promise<void>;
}
