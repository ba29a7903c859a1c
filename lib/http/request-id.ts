import { randomUUID } from "node:crypto";

export const requestIdHeader = "x-request-id";

/** The id that proxy.ts gave the request; a new one where it did not run. */
export function requestIdOf(headers: { get(name: string): string | null }): string {
  const id = headers.get(requestIdHeader);
  return id !== null && /^[0-9a-f-]{36}$/.test(id) ? id : randomUUID();
}
