import { subscribe } from "node:diagnostics_channel";
import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/**
 * Ends every connection once the process is told to end and no answer is under way. The server itself waits for each
 * connection that has not been idle since its last answer: one that was kept open for the next request, and those that
 * browsers open ahead of need, for up to a minute.
 */
export function installEndOfConnections(): void {
  const servers = new Set<Server>();
  const underWay = new Set<ServerResponse>();
  let isEnding = false;
  const endIdle = () => {
    if (isEnding && underWay.size === 0) for (const server of servers) server.closeAllConnections();
  };
  subscribe("http.server.request.start", (message) => {
    const { response, server } = message as { response: ServerResponse; server: Server };
    servers.add(server);
    // The framework listens nine times itself, and our listeners are no leak.
    response.setMaxListeners(20);
    underWay.add(response);
    response.once("close", () => {
      underWay.delete(response);
      endIdle();
    });
  });
  subscribe("http.server.response.finish", (message) => {
    if (isEnding) (message as { socket: Socket }).socket.destroySoon();
  });
  process.once("SIGTERM", () => {
    isEnding = true;
    // After the server has stopped taking connections, which another listener sees to.
    setImmediate(endIdle);
  });
}
