import { type IncomingHttpHeaders, request } from "node:http";
import { demo } from "./start-product";

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A request as it is written here, Host and method included, to the product or to another server of this machine. */
export function rawRequest(
  method: string,
  path: string,
  options: { port?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<RawAnswer> {
  const own = new URL(demo().url);
  const { port = own.port, headers = {}, body = "" } = options;
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port, method, path, headers: { host: own.host, ...headers } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text: Buffer.concat(chunks).toString("utf8"),
          }),
        );
      },
    );
    sent.on("error", reject);
    sent.setTimeout(30_000, () => sent.destroy(new Error(`${method} ${path} was not answered within 30 s`)));
    sent.end(body);
  });
}
