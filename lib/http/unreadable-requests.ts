import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

const stateHeader = "next-router-state-tree";

/**
 * Puts right what Next answers with 500 before anything of ours sees it. A method that it cannot even represent becomes
 * one that no handler has, and is refused like every other unknown one. What claims to be the state of a page and is
 * none is left out: the page is sent whole.
 */
export function installUnreadableRequests(): void {
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    if (request.method === "TRACE" || request.method === "TRACK") request.method = "NONE";
    const state = request.headers[stateHeader];
    if (state !== undefined && !isState(state)) delete request.headers[stateHeader];
  });
}

function isState(state: string | string[]): boolean {
  try {
    return Array.isArray(JSON.parse(decodeURIComponent(String(state))));
  } catch {
    return false;
  }
}
