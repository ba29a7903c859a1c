import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Control } from "./control";
import { json } from "./control-api";
import { answerControlRequest, keepJournal } from "./control-http";
import { dispatch } from "./dispatch";
import { refusedAsWebPage } from "./web-page";
import type { Answer } from "./wire/answer";
import { understand } from "./wire/request";
import type { WorldInput } from "./world/world-file";

export interface SandboxOptions {
  readonly world: WorldInput;
  /** Which case of a list. */
  readonly caseId?: string;
  /** 0 or absent: a free port. */
  readonly port?: number;
  /** Absent: loopback alone. In a container of its own it must be reached from others; whoever reaches it may do all. */
  readonly host?: string;
  /** Changes are written to this file and made again at the next start. */
  readonly journal?: string;
}

export interface Sandbox {
  readonly url: string;
  readonly port: number;
  readonly control: Control;
  close(): Promise<void>;
}

const bodyLimit = 1_048_576;

/** Starts a small AWS, on 127.0.0.1 unless told otherwise. `url` is what AWS_ENDPOINT_URL wants. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const control = new Control(options.world, options.caseId);
  if (options.journal !== undefined) await keepJournal(control, options.journal);
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    serve(control, request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  await listen(server, options.port ?? 0, options.host ?? "127.0.0.1");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    control,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function serve(control: Control, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refused = refusedAsWebPage(request.headers);
  if (refused !== null) {
    send(response, json(403, { error: refused }));
    return;
  }
  const body = await readBody(request);
  if (body === undefined) {
    send(response, { status: 413, headers: { "content-type": "text/plain" }, body: "Request too large" });
    return;
  }
  const url = request.url ?? "/";
  const method = request.method ?? "GET";
  if (url.startsWith("/_sandbox/")) {
    send(response, await answerControlRequest(control, method, url.slice("/_sandbox/".length), body));
    return;
  }
  const { calls } = control.world;
  calls.inFlight++;
  if (calls.inFlight > calls.maxInFlight) calls.maxInFlight = calls.inFlight;
  try {
    const wire = understand(method, url, request.headers, body);
    const { world } = control;
    const outcome = await dispatch(world, wire);
    if (outcome.kind === "answer") {
      if (outcome.changedAccount !== undefined)
        control.journal?.addCall(world, outcome.changedAccount, wire, url);
      // Its own clock's, as AWS dates its answers: Node would put the machine's.
      response.setHeader("date", new Date(world.now()).toUTCString());
      send(response, outcome.answer);
    }
    if (outcome.kind === "reset") request.socket.resetAndDestroy();
    // A hanging request is left open; the client or the end of the sandbox closes it.
  } finally {
    calls.inFlight--;
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const part = chunk as Buffer;
    size += part.length;
    if (size > bodyLimit) return undefined;
    chunks.push(part);
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}

function send(response: ServerResponse, answer: Answer): void {
  const body = typeof answer.body === "string" ? Buffer.from(answer.body, "utf8") : answer.body;
  response.writeHead(answer.status, { "content-length": body.length, ...answer.headers });
  response.end(body);
}
