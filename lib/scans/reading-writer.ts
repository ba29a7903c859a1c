import type { RecordedCall } from "@/lib/aws/recorded-call";
import { assertLease, type Lease } from "@/lib/db/system/dispatch";
import { sha256OfJson, toJson } from "@/lib/findings/canonical-json";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";

/** Often enough for Regions to light up one by one, seldom enough to cost nothing. */
const flushMilliseconds = 200;

export interface ReadingWriterOptions {
  readonly ctx: TenantContext;
  readonly lease: Lease;
  /** What to add to the worker's clock to have the database's, in milliseconds. */
  readonly clockOffset: number;
  /** Called once when a batch could not be written: the lease is lost, or the database is. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Stores the calls of a running scan in small batches, each behind the lease: the page shows them while the scan
 * runs, and a worker that has lost its lease adds nothing.
 */
export class ReadingWriter {
  readonly #options: ReadingWriterOptions;
  #waiting: RecordedCall[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #failure: unknown;
  written = 0;

  constructor(options: ReadingWriterOptions) {
    this.#options = options;
  }

  readonly add = (call: RecordedCall): void => {
    this.#waiting.push(call);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#writing = this.#writing.then(() => this.#write());
    }, flushMilliseconds);
  };

  /** Writes what is left; throws what went wrong with any batch. */
  async finish(): Promise<void> {
    clearTimeout(this.#timer);
    this.#writing = this.#writing.then(() => this.#write());
    await this.#writing;
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #write(): Promise<void> {
    const batch = this.#waiting;
    if (batch.length === 0 || this.#failure !== undefined) return;
    this.#waiting = [];
    const { ctx, lease } = this.#options;
    const rows = batch.map((call) => this.#row(call));
    try {
      await withTenant(ctx, async (db) => {
        await assertLease(db, lease);
        await db.reading.createMany({ data: rows });
      });
      this.written += rows.length;
    } catch (error) {
      this.#failure = error;
      this.#options.onFailure(error);
    }
  }

  #row(call: RecordedCall) {
    const { ctx, lease, clockOffset } = this.#options;
    const response = call.response === undefined ? null : toJson(call.response);
    return {
      tenantId: ctx.tenantId,
      scanId: lease.subjectId,
      attempt: lease.attempt,
      api: call.api,
      region: call.region,
      target: call.target ?? null,
      outcome: call.outcome,
      errorCode: call.errorCode ?? null,
      message: call.message ?? null,
      requestId: call.requestId ?? null,
      at: new Date(Date.parse(call.at) + clockOffset),
      durationMs: Math.round(call.durationMs),
      ...(response === null ? {} : { response, sha256: sha256OfJson(response) }),
    };
  }
}
