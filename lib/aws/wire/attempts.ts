import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { MiddlewareStack } from "./services/service";

/**
 * What became of the requests of one call. It travels with the call's options down to the handler: an
 * AsyncLocalStorage would find its way as well, but once one is in use Node 20 and 22 pay for it at every promise of
 * the process.
 */
export interface Attempts {
  /** Errors of single requests, for a call that was cut off between two of them. */
  readonly errors: unknown[];
  sent: number;
  /** `Date` of the last answer, whatever it said; absent when none came. */
  answeredAt?: string;
}

/** What a call is sent with. */
export interface SendOptions {
  readonly abortSignal: AbortSignal;
  readonly attempts: Attempts;
}

type Handle = NodeHttpHandler["handle"];

/** Whose attempt a request is. */
const owners = new WeakMap<object, Attempts>();

/** Sends requests, and keeps of each what its call wants to know. */
export class WatchedHandler extends NodeHttpHandler {
  override async handle(
    request: Parameters<Handle>[0],
    options: NonNullable<Parameters<Handle>[1]> & { attempts?: Attempts } = {},
  ): ReturnType<Handle> {
    const { attempts } = options;
    if (attempts === undefined) return super.handle(request, options);
    attempts.sent += 1;
    owners.set(request, attempts);
    const answer = await super.handle(request, options);
    const date = Date.parse(answer.response.headers["date"] ?? "");
    if (!Number.isNaN(date)) attempts.answeredAt = new Date(date).toISOString();
    return answer;
  }
}

/** Keeps the error of each attempt of a client's calls, as its answer was understood. */
export function keepErrors(stack: MiddlewareStack): void {
  stack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        owners.get(args.request as object)?.errors.push(error);
        throw error;
      }
    },
    { step: "finalizeRequest", priority: "low", name: "posturioAttempts" },
  );
}
