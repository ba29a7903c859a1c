import {
  createPostgresBackend,
  type Job,
  type PostgresConnectionOptions,
  Queue as RedisQueue,
  Worker as RedisWorker,
  withBackend,
} from "bullmq";
import { Redis } from "ioredis";
import { queuePool } from "@/lib/db/queue-pool";
import { env } from "@/lib/env";
import { queueName } from "./hint";

/** The little of BullMQ's queue that both backends share and we use. */
export interface HintQueue {
  readonly backend: "redis" | "postgres";
  add(payload: unknown, jobId: string): Promise<void>;
  /**
   * Forgets hints that count as taken and that no worker holds: of a worker that died, or what someone else put on the
   * queue and nobody can read. Nothing is lost: what must be done is in the table of work items.
   */
  dropAbandoned(): Promise<void>;
  close(): Promise<void>;
}

export interface HintConsumer {
  waitUntilReady(): Promise<void>;
  /** Takes no more hints; resolves once the running ones have ended. */
  close(): Promise<void>;
}

export interface ConsumerOptions {
  readonly concurrency: number;
  readonly onHint: (data: unknown) => Promise<void>;
  readonly onError: (error: Error) => void;
}

/** The queue wants a name; the table says what the work is. */
const jobName = "work";

/** Retries are in the table of work items, and a hint that has been taken is of no further use. */
const hintOptions = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const;

/** Nothing listens to the queue's events: as few are kept as possible. */
const streams = { events: { maxLen: 100 } } as const;

/** Stalls are the reconciler's business: BullMQ would run a job again without knowing of our lease. */
const consumerOptions = { lockDuration: 30_000, stalledInterval: 5_000, maxStalledCount: 0 } as const;

/** Longer than any hint waits between being taken and being locked. One that a worker holds is locked, and stays. */
const abandonedAfterMs = 60_000;
const mostDropped = 1_000;

const PostgresClasses = withBackend(createPostgresBackend);

export function queueBackend(): "redis" | "postgres" {
  return env.REDIS_URL === undefined ? "postgres" : "redis";
}

/** Opens the queue for adding. `onError` hears of connection trouble; adds fail by themselves. */
export function openQueue(onError: (error: Error) => void): HintQueue {
  return queueBackend() === "redis" ? openRedisQueue(onError) : openPostgresQueue(onError);
}

function openRedisQueue(onError: (error: Error) => void): HintQueue {
  // A producer must fail at once when Redis is away: the hint is given again later, the row is safe.
  const connection = redisConnection({
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: 5_000,
  });
  connection.on("error", onError);
  const queue = new RedisQueue(queueName, { connection, defaultJobOptions: hintOptions, streams });
  queue.on("error", onError);
  return {
    backend: "redis",
    add: async (payload, jobId) => {
      await queue.add(jobName, payload, { ...hintOptions, jobId });
    },
    dropAbandoned: async () => {
      await queue.clean(abandonedAfterMs, mostDropped, "active");
    },
    close: async () => {
      await queue.close();
      connection.disconnect();
    },
  };
}

function openPostgresQueue(onError: (error: Error) => void): HintQueue {
  const pool = queuePool(2);
  pool.on("error", onError);
  const queue = new PostgresClasses.Queue(queueName, {
    connection: poolOptions(pool),
    defaultJobOptions: hintOptions,
    streams,
  });
  queue.on("error", onError);
  return {
    backend: "postgres",
    add: async (payload, jobId) => {
      await queue.add(jobName, payload, { ...hintOptions, jobId });
    },
    dropAbandoned: async () => {
      await queue.clean(abandonedAfterMs, mostDropped, "active");
    },
    close: async () => {
      await queue.close();
      await pool.end();
    },
  };
}

/** Starts taking hints. `onHint` must not throw for what it has dealt with; a throw only drops the hint. */
export function openConsumer(options: ConsumerOptions): HintConsumer {
  const process = (job: Job) => options.onHint(job.data);
  const common = { ...consumerOptions, concurrency: options.concurrency };
  if (queueBackend() === "redis") {
    const connection = redisConnection({ maxRetriesPerRequest: null });
    connection.on("error", options.onError);
    const worker = new RedisWorker(queueName, process, { ...common, connection });
    return consumer(worker, options.onError, async () => connection.disconnect());
  }
  // One connection listens for as long as the worker lives; the others answer queries.
  const pool = queuePool(4);
  pool.on("error", options.onError);
  const worker = new PostgresClasses.Worker(queueName, process, { ...common, connection: poolOptions(pool) });
  return consumer(worker, options.onError, () => pool.end());
}

interface BullWorker {
  waitUntilReady(): Promise<unknown>;
  close(force?: boolean): Promise<void>;
  on(event: "error", listener: (error: Error) => void): unknown;
}

function consumer(
  worker: BullWorker,
  onError: (error: Error) => void,
  disconnect: () => Promise<void>,
): HintConsumer {
  worker.on("error", onError);
  return {
    waitUntilReady: async () => {
      await worker.waitUntilReady();
    },
    close: async () => {
      await worker.close();
      await disconnect();
    },
  };
}

/** A connection to Redis as the operator configured it. */
export function redisConnection(options: {
  maxRetriesPerRequest: number | null;
  enableOfflineQueue?: boolean;
  commandTimeout?: number;
}): Redis {
  if (env.REDIS_URL === undefined) throw new Error("REDIS_URL is not set.");
  return new Redis(env.REDIS_URL, { connectTimeout: 5_000, ...options });
}

/** BullMQ describes a pool by its own smaller interface, which the driver's types do not match to the letter. */
function poolOptions(pool: ReturnType<typeof queuePool>): PostgresConnectionOptions {
  return pool as unknown as PostgresConnectionOptions;
}
