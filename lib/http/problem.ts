import { z } from "zod";
import { AppError, type AppErrorCode, appErrorCodes } from "@/lib/errors";
import { requestIdHeader } from "./request-id";
import { tellable } from "./unavailable";

export const problemMediaType = "application/problem+json";

const titles: Record<AppErrorCode | "unexpected", string> = {
  invalid_input: "The input is not valid",
  unauthenticated: "Not signed in",
  forbidden: "Not allowed",
  not_found: "Not found",
  conflict: "Conflicts with the current state",
  version_conflict: "Changed by someone else",
  verification_required: "Only a verification can do this",
  verification_running: "Verification is running",
  transition_not_allowed: "Not possible from this status",
  guard_unmet: "Something is missing for this",
  idempotency_key_reused: "The Idempotency-Key belongs to another request",
  idempotency_in_progress: "The first request with this Idempotency-Key is still running",
  rate_limited: "Too many requests",
  foreign_origin: "Foreign origin",
  unavailable: "Not available right now",
  unexpected: "Unexpected error",
};

/** RFC 9457 problem details, as every endpoint answers an error. */
export const problemSchema = z.strictObject({
  type: z.string().describe("Stable identifier of the kind of problem"),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe("What happened, what still works, what to do"),
  code: z.enum([...appErrorCodes, "unexpected"]).describe("The last part of the type"),
  requestId: z.string().describe("Quote it when you ask for help"),
  errors: z
    .array(z.strictObject({ field: z.string(), message: z.string() }))
    .optional()
    .describe("The inputs that need attention"),
  current: z
    .record(z.string(), z.union([z.string(), z.number(), z.null()]))
    .optional()
    .describe("With version_conflict: the current values, version included"),
  allowed: z
    .array(z.string())
    .optional()
    .describe("With transition_not_allowed: what can be done from the current status"),
  guards: z
    .array(
      z.strictObject({
        id: z.string(),
        message: z.string(),
        needs: z.array(z.string()).describe("The inputs that would meet it"),
      }),
    )
    .optional()
    .describe("With guard_unmet: everything that is missing"),
});

export type Problem = z.infer<typeof problemSchema>;

/**
 * Error → problem. Only an AppError tells its text; a database that is away is "unavailable", and everything else is
 * "unexpected" with the id to quote.
 */
export function toProblem(thrown: unknown, requestId: string): Problem {
  const error = tellable(thrown);
  if (!(error instanceof AppError)) {
    return {
      type: "urn:posturio:problem:unexpected",
      title: titles.unexpected,
      status: 500,
      detail:
        "Something unexpected happened on our side, not because of what you sent. Try again, and quote the request id if it happens again.",
      code: "unexpected",
      requestId,
    };
  }
  const errors = Object.entries(error.fields).map(([field, message]) => ({ field, message }));
  return {
    type: `urn:posturio:problem:${error.code}`,
    title: titles[error.code],
    status: error.status,
    detail: error.message,
    code: error.code,
    requestId,
    ...(errors.length === 0 ? {} : { errors }),
    ...(error.members as Pick<Problem, "current" | "allowed" | "guards">),
  };
}

export function problemResponse(thrown: unknown, requestId: string): Response {
  const error = tellable(thrown);
  const problem = toProblem(error, requestId);
  const headers = new Headers({
    "content-type": problemMediaType,
    "cache-control": "no-store",
    [requestIdHeader]: requestId,
  });
  if (error instanceof AppError && error.retryAfter !== undefined)
    headers.set("retry-after", String(error.retryAfter));
  if (problem.status === 401) headers.set("www-authenticate", 'Bearer realm="posturio"');
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
