import type { RecordedCall } from "@/lib/aws/recorded-call";
import { assertHeld, type Held } from "@/lib/db/system/work-items";
import type { TenantDb } from "@/lib/db/tenant-db";
import { sha256OfJson } from "@/lib/findings/canonical-json";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";

/** The first calls show that something happens; after that as often as the page looks. */
const firstFlushMilliseconds = 200;
const flushMilliseconds = 400;

export interface ReadingWriterOptions {
  readonly ctx: TenantContext;
  readonly held: Held;
  readonly scanId: string;
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
  #pauseMs = firstFlushMilliseconds;
  #writing: Promise<void> = Promise.resolve();
  #failure: unknown;

  constructor(options: ReadingWriterOptions) {
    this.#options = options;
  }

  readonly add = (call: RecordedCall): void => {
    this.#waiting.push(call);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#pauseMs = flushMilliseconds;
      this.#writing = this.#writing.then(() => this.#write());
    }, this.#pauseMs);
  };

  /**
   * Ends the writing. Answers how to store the calls that are left, for the transaction that ends the scan; throws
   * what went wrong with any batch.
   */
  async finish(): Promise<(db: TenantDb) => Promise<void>> {
    clearTimeout(this.#timer);
    await this.#writing;
    if (this.#failure !== undefined) throw this.#failure;
    const rest = this.#waiting;
    this.#waiting = [];
    return (db) => insertReadings(db, this.#options, rest);
  }

  async #write(): Promise<void> {
    const batch = this.#waiting;
    if (batch.length === 0 || this.#failure !== undefined) return;
    this.#waiting = [];
    const { ctx, held } = this.#options;
    try {
      await withTenant(ctx, async (db) => {
        await assertHeld(db, held);
        await insertReadings(db, this.#options, batch);
      });
    } catch (error) {
      this.#failure = error;
      this.#options.onFailure(error);
    }
  }
}

/** One statement and one parameter, however many calls: the caller holds the lease. */
async function insertReadings(
  db: TenantDb,
  { ctx, held, scanId, clockOffset }: ReadingWriterOptions,
  calls: readonly RecordedCall[],
): Promise<void> {
  if (calls.length === 0) return;
  const rows = JSON.stringify(calls.map((call) => readingRow(call, clockOffset)));
  await db.$executeRaw`
    INSERT INTO readings (tenant_id, scan_id, attempt, api, region, target, outcome, error_code, message, request_id,
                          at, duration_ms, response, sha256)
    SELECT ${ctx.tenantId}::uuid, ${scanId}::uuid, ${held.fence}, r.*
    FROM json_to_recordset(${rows}::json) AS r(
      api text, region text, target text, outcome text, error_code text, message text, request_id text,
      at timestamptz, duration_ms int, response jsonb, sha256 text)`;
}

/** Absent members become NULL. */
function readingRow(call: RecordedCall, clockOffset: number): object {
  return {
    api: call.api,
    region: call.region,
    target: call.target,
    outcome: call.outcome,
    error_code: call.errorCode,
    message: call.message,
    request_id: call.requestId,
    at: new Date(Date.parse(call.at) + clockOffset),
    duration_ms: Math.round(call.durationMs),
    ...(call.response === undefined || call.response === null
      ? {}
      : { response: call.response, sha256: sha256OfJson(call.response) }),
  };
}
