import { failureKind } from "@/lib/checks/facts/failure-kind";
import type { ReadFailure, ReadFailureKind } from "@/lib/checks/facts/reading";
import { redactAnswer } from "@/lib/redact";

/** The answer had the right status but not the shape of the protocol: HTML, truncated, a member missing. */
export class MalformedResponse extends Error {
  readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string };

  constructor(message: string, metadata: { httpStatusCode?: number; requestId?: string } = {}) {
    super(message);
    this.name = "MalformedResponse";
    this.$metadata = metadata;
  }
}

interface CallPlace {
  /** IAM action of the call. */
  readonly api: string;
  readonly region: string;
}

/**
 * Why an AWS call gave no value, from whatever the SDK or Node threw. Codes and messages are kept in AWS's own
 * words, without credentials. An unknown error counts as a fault of the server. Never throws.
 */
export function readFailure(error: unknown, place: CallPlace): ReadFailure {
  const seen = inspectError(error);
  const kind = kindOf(error, seen, place);
  const failure = { kind, ...place, code: seen.code, message: redactAnswer(seen.message) };
  return seen.requestId === undefined ? failure : { ...failure, requestId: seen.requestId };
}

/** The scan's own time ran out (or it was cancelled) before this call was made or answered. */
export function deadlineFailure(place: CallPlace): ReadFailure {
  const message = "The scan ended before this call was made or answered.";
  return { kind: "deadline", ...place, code: "ScanDeadline", message };
}

/** One Region used up its share of the scan's time without an answer. */
export function budgetFailure(place: CallPlace, seconds: number): ReadFailure {
  const message = `${place.region} gave no answer within ${seconds} s.`;
  return { kind: "timeout", ...place, code: "RegionBudget", message };
}

interface Seen {
  readonly code: string;
  readonly message: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly isReadingAnswer: boolean;
}

function kindOf(error: unknown, seen: Seen, place: CallPlace): ReadFailureKind {
  if (isUnparsable(error, seen)) return (seen.status ?? 200) >= 500 ? "server_error" : "garbage";
  const service = place.api.slice(0, place.api.indexOf(":"));
  return failureKind(service, seen.code, seen.message);
}

/** The SDK adds its hint to every failure while reading an answer; only one without a code is about the text. */
function isUnparsable(error: unknown, seen: Seen): boolean {
  if (error instanceof SyntaxError || error instanceof TypeError || error instanceof MalformedResponse)
    return true;
  return seen.code === "Error" && seen.isReadingAnswer;
}

/** Node's own code (`ECONNRESET`) says more than the error's class; AWS exceptions carry theirs in the name. */
function inspectError(error: unknown): Seen {
  if (!(error instanceof Error)) {
    const message = String(error);
    return { code: "UnknownError", message, status: undefined, requestId: undefined, isReadingAnswer: false };
  }
  const node = error as Error & { code?: unknown; Code?: unknown; $metadata?: Record<string, unknown> };
  const cause = error.cause as { code?: unknown } | undefined;
  const code =
    [nodeCode(node.code), nodeCode(cause?.code), resetCode(error), error.name].find(Boolean) ?? "Error";
  const { httpStatusCode, requestId } = node.$metadata ?? {};
  const [message = "", hint] = error.message.split(/\s*Deserialization error:/);
  return {
    code,
    message,
    isReadingAnswer: hint !== undefined,
    status: typeof httpStatusCode === "number" ? httpStatusCode : undefined,
    requestId: typeof requestId === "string" ? requestId : undefined,
  };
}

function nodeCode(code: unknown): string | undefined {
  return typeof code === "string" &&
    /^(E[A-Z]{3,}|CERT_|UNABLE_TO_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED)/.test(code)
    ? code
    : undefined;
}

/** A connection closed in the middle of an answer carries a plain message and no code. */
function resetCode(error: Error): string | undefined {
  return /^(aborted|socket hang up|premature close)$/i.test(error.message) ? "ECONNRESET" : undefined;
}
