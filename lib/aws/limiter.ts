import { setTimeout as wait } from "node:timers/promises";

export interface BucketSize {
  readonly capacity: number;
  /** Tokens a second. */
  readonly refill: number;
}

/**
 * CloudTrail allows 10 reads a second per account and Region, shared with the customer's own tools, and the
 * limit cannot be raised. A burst of 10 and then 2 a second leaves them most of it.
 */
export const cloudTrailBucket: BucketSize = { capacity: 10, refill: 2 };

interface Bucket {
  tokens: number;
  at: number;
}

const manyBuckets = 2_000;

/**
 * Token buckets by key, `<account>/<region>`. One instance serves all scans of a process, so that two scans of
 * one account share its limit. Waiting is first come, first served.
 */
export class CallLimiter {
  readonly #size: BucketSize;
  readonly #clock: () => number;
  readonly #buckets = new Map<string, Bucket>();

  /** `clock` gives milliseconds and never goes back. */
  constructor(size: BucketSize = cloudTrailBucket, clock: () => number = () => performance.now()) {
    this.#size = size;
    this.#clock = clock;
  }

  /** Resolves when a call may be made; rejects when `signal` aborts first, and then no token is used. */
  async take(key: string, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const bucket = this.#bucket(key);
    bucket.tokens -= 1;
    if (bucket.tokens >= 0) return;
    const delay = (-bucket.tokens / this.#size.refill) * 1_000;
    try {
      await wait(delay, undefined, signal ? { signal } : {});
    } catch (error) {
      bucket.tokens += 1;
      throw error;
    }
  }

  #bucket(key: string): Bucket {
    const now = this.#clock();
    const known = this.#buckets.get(key);
    if (known) {
      known.tokens = this.#refilled(known, now);
      known.at = now;
      return known;
    }
    if (this.#buckets.size >= manyBuckets) this.#forgetFull(now);
    const fresh = { tokens: this.#size.capacity, at: now };
    this.#buckets.set(key, fresh);
    return fresh;
  }

  #refilled(bucket: Bucket, now: number): number {
    return Math.min(this.#size.capacity, bucket.tokens + ((now - bucket.at) / 1_000) * this.#size.refill);
  }

  #forgetFull(now: number): void {
    for (const [key, bucket] of this.#buckets) {
      if (this.#refilled(bucket, now) >= this.#size.capacity) this.#buckets.delete(key);
    }
  }
}

/** The limiter of this process. */
export const sharedLimiter = new CallLimiter();
