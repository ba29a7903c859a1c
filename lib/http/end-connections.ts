import { subscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";

/**
 * Closes each connection after the answer that is under way when the process is told to end. The server closes those
 * without one by itself; the others would be kept open for the next request, which never comes, and hold up the end.
 */
export function installEndOfConnections(): void {
  let isEnding = false;
  process.once("SIGTERM", () => {
    isEnding = true;
  });
  subscribe("http.server.response.finish", (message) => {
    if (isEnding) (message as { socket: Socket }).socket.destroySoon();
  });
}
