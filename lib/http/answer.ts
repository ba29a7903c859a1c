import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";

/** Request header by which a page finds the answer it is part of. Whatever a client sent under this name is replaced. */
const answerHeader = "x-posturio-answer";

/** One map a process: the framework loads this module once for each of its bundles. */
const kept = globalThis as typeof globalThis & { posturioAnswers?: Map<string, ServerResponse> };

let made = 0;

/**
 * Lets a page set the status of its answer, for which the framework has no way but its own few. Only documents: a
 * page that is read by scripts of the one before is put into that one, and its status is nobody's business.
 */
export function installAnswers(): void {
  kept.posturioAnswers = new Map();
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const id = `${++made}`;
    delete request.headers[answerHeader];
    if (request.headers.rsc !== undefined || request.headers["next-action"] !== undefined) return;
    request.headers[answerHeader] = id;
    kept.posturioAnswers?.set(id, response);
    response.once("close", () => kept.posturioAnswers?.delete(id));
  });
}

/** Sets status and headers of the answer to this request, as long as nothing of it has been sent. */
export function setAnswer(
  requestHeaders: { get(name: string): string | null },
  status: number,
  headers: Readonly<Record<string, string>>,
): void {
  const response = kept.posturioAnswers?.get(requestHeaders.get(answerHeader) ?? "");
  if (response === undefined || response.headersSent) return;
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}
