import type { RecordedCall } from "@/lib/aws/wire/recorded-call";
import { assertHeld, type Held } from "@/lib/db/system/work-items";
import type { TenantDb } from "@/lib/db/tenant-db";
import type { Content } from "@/lib/history/contents";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { type CallEntry, entryOf, inOrder } from "./call-entry";
import type { RunRef } from "./run-kinds";
import { flushProgress, storeRun } from "./run-store";

/** The first calls show that something happens, unless all of them are made by then; after that as often as the page looks. */
const firstFlushMs = 600;
const flushMs = 800;

export interface CallRecorderOptions {
  readonly ctx: TenantContext;
  readonly held: Held;
  readonly run: RunRef;
  /** What to add to the worker's clock to have the database's, in milliseconds. */
  readonly clockOffsetMs: number;
  /** Called once when the progress could not be written: the lease is lost, or the database is. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Keeps every call of a run: in its progress row while it goes on, behind the lease, so that pages show them and a
 * worker that has lost its lease adds nothing; in the run's own row at its end.
 */
export class CallRecorder {
  readonly #options: CallRecorderOptions;
  /** As they ended; `at` is when each was begun. */
  readonly #calls: { readonly at: string; readonly entry: CallEntry }[] = [];
  readonly #known = new Set<string>();
  #contents: Content[] = [];
  #timer: NodeJS.Timeout | undefined;
  #pauseMs = firstFlushMs;
  #writing: Promise<void> = Promise.resolve();
  #failure: unknown;

  constructor(options: CallRecorderOptions) {
    this.#options = options;
  }

  readonly add = (call: RecordedCall): void => {
    const { entry, content } = entryOf(call, this.#options.clockOffsetMs);
    this.#calls.push({ at: call.at, entry });
    if (content && !this.#known.has(content.hash)) {
      this.#known.add(content.hash);
      this.#contents.push(content);
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#pauseMs = flushMs;
      this.#writing = this.#writing.then(() => this.#flush());
    }, this.#pauseMs);
  };

  /**
   * Ends the flushing. Returns how to store the run, for the transaction that ends it; throws what went wrong with
   * any flush.
   */
  async finish(): Promise<(db: TenantDb) => Promise<void>> {
    clearTimeout(this.#timer);
    await this.#writing;
    if (this.#failure !== undefined) throw this.#failure;
    return (db) => storeRun(db, this.#options.run, this.#entries(), this.#contents);
  }

  #entries(): CallEntry[] {
    return inOrder(this.#calls).map(({ entry }) => entry);
  }

  async #flush(): Promise<void> {
    if (this.#failure !== undefined) return;
    const { ctx, held, run } = this.#options;
    const calls = this.#entries();
    const contents = this.#contents;
    this.#contents = [];
    try {
      await withTenant(ctx, async (db) => {
        await assertHeld(db, held);
        await flushProgress(db, run, calls, contents);
      });
    } catch (error) {
      this.#failure = error;
      this.#options.onFailure(error);
    }
  }
}
