import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { dispatch } from "./dispatch";
import type { World } from "./model/world";
import { understand, type WireRequest } from "./wire/request";

/** One change of the world: a wire call that succeeded, or a control call. */
export type JournalEntry =
  | {
      readonly at: number;
      readonly account: string;
      readonly service: string;
      readonly region: string;
      readonly method: string;
      readonly url: string;
      readonly target: string | undefined;
      readonly body: string;
    }
  | { readonly at: number; readonly control: string; readonly body: string };

/** Changes on disk, one JSON line each, so that a restarted sandbox is the one that was stopped. */
export class Journal {
  private readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** A last line cut off by a crash is dropped. */
  entries(): JournalEntry[] {
    if (!existsSync(this.path)) return [];
    const entries: JournalEntry[] = [];
    for (const line of readFileSync(this.path, "utf8").split("\n")) {
      if (line === "") continue;
      try {
        entries.push(JSON.parse(line) as JournalEntry);
      } catch {
        break;
      }
    }
    writeFileSync(this.path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""), { mode: 0o600 });
    return entries;
  }

  add(entry: JournalEntry): void {
    appendFileSync(this.path, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
  }

  addCall(world: World, account: string, request: WireRequest, url: string): void {
    const target = request.headers["x-amz-target"];
    this.add({
      at: world.now(),
      account,
      service: request.service,
      region: request.region,
      method: request.method,
      url,
      target: typeof target === "string" ? target : undefined,
      body: request.body.toString("utf8"),
    });
  }

  clear(): void {
    writeFileSync(this.path, "", { mode: 0o600 });
  }
}

/**
 * Makes every change again at the time at which it was made. Sessions of the past are gone, so each call is
 * made as an administrator of the account that made it.
 */
export async function replay(
  world: World,
  entries: readonly JournalEntry[],
  control: (route: string, body: Buffer) => void,
): Promise<void> {
  const { clock } = world;
  const start = clock.now();
  let latest = start;
  for (const entry of entries) {
    clock.set(entry.at);
    latest = Math.max(latest, entry.at);
    const body = Buffer.from(entry.body);
    if ("control" in entry) {
      control(entry.control, body);
      continue;
    }
    const scope = `AKIA${entry.account}/20260101/${entry.region}/${entry.service}/aws4_request`;
    const headers = {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}`,
      ...(entry.target === undefined ? {} : { "x-amz-target": entry.target }),
    };
    await dispatch(world, understand(entry.method, entry.url, headers, body), true);
  }
  clock.set(latest);
  world.calls.clear();
}
