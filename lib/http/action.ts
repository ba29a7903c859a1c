import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import type { ClientInfo } from "@/lib/auth/client-info";
import { readClientInfo } from "@/lib/auth/read-client-info";
import { type CurrentSession, currentSession } from "@/lib/auth/session";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { ActionResult } from "@/lib/input/form-view";
import { parse } from "@/lib/input/parse";
import { formObject, keptValues, typedValues } from "@/lib/input/text-values";
import type { Permission } from "@/lib/tenancy/permissions";
import { requireTenant } from "@/lib/tenancy/require-tenant";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { logFailure } from "./log-failure";
import { toProblem } from "./problem";
import { requestIdOf } from "./request-id";
import { requireSameOrigin } from "./same-origin";
import { tellable } from "./unavailable";

type Form<S extends z.ZodType> = FormData | z.input<S>;
type Request = { headers: Headers; requestId: string };

/**
 * Where from, who, what: in this order. Who may not do it is told nothing of the input, and a new action is refused to
 * strangers whatever it takes.
 */
async function perform<S extends z.ZodType, C, T>(
  where: string,
  schema: S,
  form: Form<S>,
  admitted: (request: Request) => Promise<C>,
  work: (caller: C, input: z.output<S>, request: Request) => Promise<T>,
): Promise<ActionResult<T>> {
  const requestHeaders = await headers();
  const requestId = requestIdOf(requestHeaders);
  const input = form instanceof FormData ? typedValues(schema, formObject(form)) : form;
  try {
    requireSameOrigin(requestHeaders, env.POSTURIO_URL);
    const request = { headers: requestHeaders, requestId };
    const caller = await admitted(request);
    return { ok: true, value: await work(caller, parse(schema, input), request) };
  } catch (thrown) {
    unstable_rethrow(thrown);
    const error = tellable(thrown);
    logFailure(error, requestId, where);
    const problem = toProblem(error, requestId);
    return {
      ok: false,
      code: problem.code,
      message: error !== thrown ? notConfirmed(form) : problem.detail,
      fields: error instanceof AppError ? error.fields : {},
      values: form instanceof FormData ? keptValues(form) : {},
      requestId,
    };
  }
}

/** For a form whose database was away: a connection that breaks at the end of a change leaves open whether it was made. */
function notConfirmed(form: unknown): string {
  const what = "We cannot reach our database right now, so this was not confirmed as saved.";
  if (!(form instanceof FormData)) return `${what} Try again in a few seconds.`;
  const left = Object.keys(formObject(form)).length - Object.keys(keptValues(form)).length;
  return `${what} What you typed is still here${left > 0 ? ", except the password" : ""}: send it again in a few seconds.`;
}

/**
 * A server action inside an organization. The organization is the first argument (bind it: `useActionState(
 * action.bind(null, slug), null)`), membership and permission are read from the database at every call.
 * `redirect()` inside the handler works.
 */
export function action<S extends z.ZodType, T>(
  options: { permission: Permission; input: S },
  handler: (ctx: TenantContext, input: z.output<S>) => Promise<T>,
): (organization: string, previous: unknown, form: Form<S>) => Promise<ActionResult<T>> {
  return async (organization, _previous, form) =>
    perform(
      `action ${options.permission}`,
      options.input,
      form,
      ({ requestId }) => requireTenant(String(organization), options.permission, requestId),
      handler,
    );
}

/** A server action of a signed-in person, outside any organization. */
export function personAction<S extends z.ZodType, T>(
  options: { input: S },
  handler: (session: CurrentSession, input: z.output<S>, from: ClientInfo) => Promise<T>,
): (previous: unknown, form: Form<S>) => Promise<ActionResult<T>> {
  return async (_previous, form) =>
    perform("action of a person", options.input, form, signedIn, async (session, input, request) =>
      handler(session, input, await readClientInfo(request.headers)),
    );
}

async function signedIn(): Promise<CurrentSession> {
  const session = await currentSession();
  if (session === null) throw new AppError("unauthenticated", "You are signed out. Sign in and try again.");
  return session;
}

async function anybody(): Promise<void> {}

/** A server action of anybody: signing in, signing up, links. It must count attempts itself. */
export function publicAction<S extends z.ZodType, T>(
  options: { input: S },
  handler: (input: z.output<S>, from: ClientInfo) => Promise<T>,
): (previous: unknown, form: Form<S>) => Promise<ActionResult<T>> {
  return async (_previous, form) =>
    perform("public action", options.input, form, anybody, async (_nobody, input, request) =>
      handler(input, await readClientInfo(request.headers)),
    );
}
