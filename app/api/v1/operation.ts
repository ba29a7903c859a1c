import type { z } from "zod";
import type { AppErrorCode } from "@/lib/errors";
import { answerInSteps } from "@/lib/http/answer-in-steps";
import { answerOnce } from "@/lib/http/answer-once";
import { keyedRequest } from "@/lib/http/idempotency-key";
import { type RouteCall, type RouteHandler, route } from "@/lib/http/route";
import type { Permission } from "@/lib/tenancy/permissions";
import { forgetful, type Step } from "@/lib/tenancy/steps";

type Schema = z.ZodType | undefined;

/** What one endpoint takes and gives: the handler is checked against it and the OpenAPI document is made from it. */
export interface Operation<
  P extends Schema = Schema,
  Q extends Schema = Schema,
  B extends Schema = Schema,
  R extends Schema = Schema,
> {
  readonly operationId: string;
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Below /api/v1, with `{name}` for parameters. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly permission: Permission;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Absent: 204, no body. */
  readonly response?: R;
  /** Of the success; null when there is none. */
  readonly status: number | null;
  readonly problems: readonly AppErrorCode[];
  /** A mutation that is many transactions: with an Idempotency-Key each of its steps is performed once. */
  readonly inSteps?: true;
}

export type ApiHandler = RouteHandler & { readonly operation: Operation };

/** For types alone: an operation keeps the types of its schemas. */
export function operation<
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
  R extends Schema = undefined,
>(definition: Operation<P, Q, B, R>): Operation<P, Q, B, R> {
  return definition;
}

/** Whether it may change something, and so takes an Idempotency-Key. */
export function isMutation({ method }: Pick<Operation, "method">): boolean {
  return method !== "GET";
}

/**
 * Serves an operation to bearer tokens. What the handler returns is cut to the documented response: a field that is
 * not documented is not sent. A mutation with an Idempotency-Key is performed once, see answerOnce(): after the caller
 * was admitted and the input read, so that input that is refused here uses up no key.
 */
export function serve<P extends Schema, Q extends Schema, B extends Schema, R extends Schema>(
  definition: Operation<P, Q, B, R>,
  handler: (call: RouteCall<"token", P, Q, B>, step: Step) => Promise<unknown>,
): ApiHandler {
  const { permission, method, path, params, query, body, response, status } = definition;
  const served = route<"token", P, Q, B>(
    {
      auth: "token",
      permission,
      ...(status === null ? {} : { status }),
      ...(params === undefined ? {} : { params }),
      ...(query === undefined ? {} : { query }),
      ...(body === undefined ? {} : { body }),
    },
    async (call) => {
      const perform = async (step: Step = forgetful) => {
        const value = await handler(call, step);
        return response === undefined ? undefined : response.parse(value);
      };
      if (!isMutation(definition)) return perform();
      const { ctx, request, ...input } = call;
      const sent = { method, path, params: input.params, query: input.query, body: input.body };
      const keyed = keyedRequest(request.headers, sent);
      if (keyed === null) return perform();
      return definition.inSteps
        ? answerInSteps(ctx, keyed, status ?? 200, perform)
        : answerOnce(ctx, keyed, status ?? 200, () => perform());
    },
  );
  return Object.assign(served, { operation: definition as unknown as Operation });
}
