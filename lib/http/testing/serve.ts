import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";

/** A server of Node's own on loopback, which ends with the last `close`. */
export async function serve(handle: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    port,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
    /** One request, sent as it stands: no client of the web would send some of them. */
    ask: (method: string, headers: Record<string, string> = {}) =>
      new Promise<{ status: number; headers: IncomingMessage["headers"]; text: string }>(
        (resolve, reject) => {
          const sent = request({ host: "127.0.0.1", port, method, headers, agent: false }, (answer) => {
            let text = "";
            answer.setEncoding("utf8");
            answer.on("data", (chunk: string) => {
              text += chunk;
            });
            answer.on("end", () =>
              resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }),
            );
          });
          sent.on("error", reject).end();
        },
      ),
  };
}
