import type { TenantDb } from "@/lib/db/tenant-db";
import { refuseNesting } from "./one-door";
import type { TenantContext } from "./tenant-context";
import { tenantTransaction } from "./tenant-transaction";

/** By context, which is of one request alone: nothing is looked up by where in the program something runs. */
const whole = new WeakMap<TenantContext, WholeTransaction>();

/**
 * Runs a whole request in one transaction: everything that use cases do behind withTenant() with this context, and what
 * `work` itself writes with `db`, is committed together when `work` resolves, or not at all when it throws. A use case
 * that throws takes back its own step alone, as it does without this; whether the rest stays is up to `work`.
 *
 * Outside of it is what has a connection of its own: withIdentity(), and what lib/db/system counts. It holds its
 * connection from the first step to the last, and 10 s at most.
 */
export async function inOneTransaction<T>(
  ctx: TenantContext,
  work: (db: TenantDb) => Promise<T>,
): Promise<T> {
  refuseNesting("inOneTransaction");
  if (whole.has(ctx)) throw new Error("inOneTransaction does not nest");
  return tenantTransaction(ctx, async (db) => {
    const transaction = new WholeTransaction(db);
    whole.set(ctx, transaction);
    try {
      return await work(db);
    } finally {
      whole.delete(ctx);
      await transaction.ended();
    }
  });
}

/** The transaction that the context's request is in as a whole; undefined when each door opens its own. */
export function transactionOf(ctx: TenantContext): WholeTransaction | undefined {
  return whole.get(ctx);
}

class WholeTransaction {
  readonly #db: TenantDb;
  #last: Promise<unknown> = Promise.resolve();

  constructor(db: TenantDb) {
    this.#db = db;
  }

  /** One after the other: savepoints lie on each other, and two at once would take back each other's rows. */
  step<T>(work: (db: TenantDb) => Promise<T>, options: { readOnly?: boolean }): Promise<T> {
    const step = this.#last.then(() => this.#take(work, options));
    this.#last = step.catch(() => undefined);
    return step;
  }

  async ended(): Promise<void> {
    await this.#last;
  }

  async #take<T>(work: (db: TenantDb) => Promise<T>, { readOnly }: { readOnly?: boolean }): Promise<T> {
    const db = this.#db;
    await db.$executeRaw`SAVEPOINT step`;
    try {
      // PostgreSQL gives the transaction back as it was when the step ends.
      if (readOnly) await db.$executeRaw`SELECT set_config('transaction_read_only', 'on', true)`;
      const value = await work(db);
      await db.$executeRaw`RELEASE SAVEPOINT step`;
      return value;
    } catch (error) {
      // Where this fails too the connection is gone, and everything with it; the first error says why.
      await db.$executeRaw`ROLLBACK TO SAVEPOINT step`.catch(() => undefined);
      throw error;
    }
  }
}
