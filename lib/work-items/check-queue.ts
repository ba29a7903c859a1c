import { assertSchemaCompatibility } from "bullmq";
import type { Redis } from "ioredis";
import { queuePool } from "@/lib/db/queue-pool";
import { isUnavailable } from "@/lib/db/unavailable";
import { queueBackend, redisConnection } from "./backend";
import { queueName } from "./hint";

/** A name beside the queue's own, written to see whether anything can be. */
const testName = `${queueName}-health`;

/** The queue cannot be trusted or reached. The message is for the operator. */
export class QueueUnusable extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "QueueUnusable";
  }
}

/**
 * Resolves when the queue can be used, throws QueueUnusable otherwise. Both are written to: one that only answers, being
 * full or a copy of another, takes no hint. On PostgreSQL: the queue's schema has been migrated (we never do it
 * ourselves: the app role may not, and BullMQ would retry until memory is gone). On Redis: it evicts nothing, the only
 * setting under which BullMQ promises to work.
 */
export async function checkQueue(): Promise<void> {
  if (queueBackend() === "redis") await checkRedis();
  else await checkPostgres();
}

async function checkPostgres(): Promise<void> {
  const pool = queuePool(1);
  pool.on("error", () => {});
  try {
    await assertSchemaCompatibility(pool);
  } catch (cause) {
    await pool.end();
    const why = isUnavailable(cause)
      ? "The database, which holds the queue, does not answer."
      : "The queue's tables are missing or of another version. Run the migrate step.";
    throw new QueueUnusable(why, { cause });
  }
  try {
    await pool.query(
      `INSERT INTO meta (queue, field, value) VALUES ($1, 'written_at', now()::text)
       ON CONFLICT (queue, field) DO UPDATE SET value = excluded.value`,
      [testName],
    );
  } catch (cause) {
    throw new QueueUnusable("The queue's tables cannot be written to.", { cause });
  } finally {
    await pool.end();
  }
}

async function checkRedis(): Promise<void> {
  const connection = redisConnection({ maxRetriesPerRequest: 1, commandTimeout: 3_000 });
  connection.on("error", () => {});
  try {
    const policy = await evictionPolicy(connection);
    if (policy !== "noeviction") {
      throw new QueueUnusable(
        `Redis evicts keys (maxmemory-policy ${policy}): queued work would vanish. Set maxmemory-policy to noeviction.`,
      );
    }
    // Among the queue's own keys: a user of Redis may have been given no others.
    await connection.set(`bull:${testName}`, "1", "PX", 10_000);
  } catch (cause) {
    if (cause instanceof QueueUnusable) throw cause;
    throw new QueueUnusable(whyNot(cause), { cause });
  } finally {
    connection.disconnect();
  }
}

/** Redis says what is wrong in the first word of its answer; without one it did not answer. */
function whyNot(error: unknown): string {
  const said = /^(OOM|READONLY|MISCONF|LOADING|MASTERDOWN|NOREPLICAS|NOAUTH|WRONGPASS|NOPERM)\b/.exec(
    error instanceof Error ? error.message : "",
  )?.[1];
  if (said === undefined) return "Redis does not answer at REDIS_URL.";
  if (said === "NOAUTH" || said === "WRONGPASS") return "Redis refuses the password in REDIS_URL.";
  return `Redis takes no writes (${said}).`;
}

/** INFO works for users that may not run CONFIG. */
async function evictionPolicy(connection: Redis): Promise<string> {
  const info = await connection.info("memory");
  const line = info.split("\r\n").find((entry) => entry.startsWith("maxmemory_policy:"));
  return line?.slice("maxmemory_policy:".length).trim() ?? "unknown";
}
