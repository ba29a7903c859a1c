import { setMaxListeners } from "node:events";
import type { Session } from "@/lib/aws/session/session";
import { ownerOf } from "@/lib/checks/arn";
import type { ReadFailure, Reading } from "@/lib/checks/facts/reading";
import { unread } from "@/lib/checks/facts/reading";
import type { SendOptions } from "./attempts";
import type { CallLimiter, RateLimit } from "./limiter";
import { budgetFailure, deadlineFailure, readFailure } from "./read-failure";
import type { OnCall } from "./recorded-call";
import { type Answer, type CallSpec, sendCall } from "./send-call";
import type { AwsService, SdkClient } from "./services/service";
import { TimeBudget } from "./time-budget";

/** A call as a collector writes it: it is handed a client of its service, so that a renewed session can repeat it. */
export interface AwsCall<C extends SdkClient, O extends Answer, V> extends Omit<CallSpec<O, V>, "send"> {
  readonly service: AwsService<C>;
  send(client: C, options: SendOptions): Promise<O>;
}

export interface CallSettings {
  readonly session: Session;
  readonly accountId: string;
  readonly limiter: CallLimiter;
  readonly signal: AbortSignal;
  readonly onCall: OnCall;
  /** Time one service of one Region may take in all, in milliseconds. */
  readonly regionBudgetMs: number;
}

/** Sends the calls of one scan within its limits: bucket and time per Region, deadline, a renewed session. */
export class AwsCalls {
  readonly #settings: CallSettings;
  readonly #budgets = new Map<string, { budget: TimeBudget; either: AbortSignal }>();

  constructor(settings: CallSettings) {
    this.#settings = settings;
  }

  /** Never throws: what could not be read is a reading too. */
  async call<C extends SdkClient, O extends Answer, V>(call: AwsCall<C, O, V>): Promise<Reading<V>> {
    const { session } = this.#settings;
    const { generation } = session;
    const first = await this.#once(call);
    if (first.ok || !isRenewable(first.failure)) return first;
    const renewed = await session.renew(generation, first.failure.kind);
    return renewed ? this.#once(call) : first;
  }

  async #once<C extends SdkClient, O extends Answer, V>(call: AwsCall<C, O, V>): Promise<Reading<V>> {
    const { session, signal, onCall, regionBudgetMs } = this.#settings;
    const place = { api: call.api, region: call.region };
    const { name, limit } = call.service;
    const { budget, either } = this.#budget(`${name}/${call.region}`);
    if (limit && !(await this.#admitted(name, limit, call.region))) {
      const failure = deadlineFailure(place);
      const { code, kind, message } = failure;
      const at = new Date().toISOString();
      onCall({ at, ...place, outcome: kind, errorCode: code, message, durationMs: 0, attempts: 0 });
      return unread(failure);
    }
    const cutOff = (lastError: unknown): ReadFailure => {
      if (signal.aborted) return deadlineFailure(place);
      return lastError === undefined
        ? budgetFailure(place, regionBudgetMs / 1_000)
        : readFailure(lastError, place);
    };
    const client = session.clients.of(call.service, call.region);
    const spec: CallSpec<O, V> = { ...call, send: (options) => call.send(client, options) };
    const reading = await budget.spend(() => sendCall(spec, { signal: either, onCall, cutOff }));
    return this.#withOwner(reading, call.target);
  }

  /** A refused ARN means something else when it is of this very account. */
  #withOwner<V>(reading: Reading<V>, target: string | undefined): Reading<V> {
    if (reading.ok || reading.failure.kind !== "arn_invalid" || target === undefined) return reading;
    const isOwn = ownerOf(target) === this.#settings.accountId;
    return isOwn ? unread({ ...reading.failure, isOwn }) : reading;
  }

  /** Waiting for a service's limit costs the Region no time. */
  async #admitted(service: string, limit: RateLimit, region: string): Promise<boolean> {
    const { accountId, limiter, signal } = this.#settings;
    try {
      await limiter.take(`${service}/${accountId}/${region}`, limit, signal);
      return true;
    } catch {
      return false;
    }
  }

  /** The budget of a place, and the signal that ends its calls: theirs or the scan's. */
  #budget(key: string): { budget: TimeBudget; either: AbortSignal } {
    const known = this.#budgets.get(key);
    if (known) return known;
    const budget = new TimeBudget(this.#settings.regionBudgetMs);
    const either = AbortSignal.any([this.#settings.signal, budget.signal]);
    // Every call under way in the Region listens to it; that is no leak.
    setMaxListeners(0, either);
    const entry = { budget, either };
    this.#budgets.set(key, entry);
    return entry;
  }
}

function isRenewable(failure: ReadFailure): boolean {
  return failure.kind === "expired" || failure.kind === "token_refused";
}
