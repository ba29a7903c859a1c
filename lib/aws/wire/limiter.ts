import { setTimeout as wait } from "node:timers/promises";

/** How many calls we allow ourselves: a burst of `capacity`, then `refill` a second. */
export interface RateLimit {
  readonly capacity: number;
  readonly refill: number;
}

interface Bucket {
  readonly limit: RateLimit;
  tokens: number;
  at: number;
}

const manyBuckets = 2_000;

/**
 * Token buckets by key, `<service>/<account>/<region>`. One instance serves all scans of a process, so that two scans of
 * one account share its limit. Waiting is first come, first served.
 */
export class CallLimiter {
  readonly #clock: () => number;
  readonly #buckets = new Map<string, Bucket>();

  /** `clock` gives milliseconds and never goes back. */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  /** Resolves when a call may be made; rejects when `signal` aborts first, and then no token is used. */
  async take(key: string, limit: RateLimit, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const bucket = this.#bucket(key, limit);
    bucket.tokens -= 1;
    if (bucket.tokens >= 0) return;
    const delay = (-bucket.tokens / limit.refill) * 1_000;
    try {
      await wait(delay, undefined, signal ? { signal } : {});
    } catch (error) {
      bucket.tokens += 1;
      throw error;
    }
  }

  #bucket(key: string, limit: RateLimit): Bucket {
    const now = this.#clock();
    const known = this.#buckets.get(key);
    if (known) {
      known.tokens = refilled(known, now);
      known.at = now;
      return known;
    }
    if (this.#buckets.size >= manyBuckets) this.#forgetFull(now);
    const fresh = { limit, tokens: limit.capacity, at: now };
    this.#buckets.set(key, fresh);
    return fresh;
  }

  #forgetFull(now: number): void {
    for (const [key, bucket] of this.#buckets) {
      if (refilled(bucket, now) >= bucket.limit.capacity) this.#buckets.delete(key);
    }
  }
}

function refilled({ limit, tokens, at }: Bucket, now: number): number {
  return Math.min(limit.capacity, tokens + ((now - at) / 1_000) * limit.refill);
}

/** The limiter of this process. */
export const sharedLimiter = new CallLimiter();
