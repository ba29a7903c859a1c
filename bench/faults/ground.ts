import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { encode } from "next-auth/jwt";
import { type BenchAccount, insertAccounts } from "@/bench/throughput/accounts";
import { hashSecret, newSecret } from "@/lib/auth/secret";
import { type Stack, webSecret } from "./stack";

/** The organization whose scans the faults meet, and a way to ask for them as its customers do. */
export interface Ground {
  readonly accounts: readonly BenchAccount[];
  /** An account that no fault has met lately: each failed attempt counts against its scan, not against another's. */
  next(count: number): BenchAccount[];
  api(path: string, init?: RequestInit): Promise<Answer>;
  /** A page as a signed-in person asks for it. */
  page(path: string): Promise<number>;
  /** Asks for scans; the numbers of those that were acknowledged. */
  request(accounts: readonly BenchAccount[]): Promise<number[]>;
  /** Waits until scans of the organization are being run. Returns how many. */
  running(least: number): Promise<number>;
  /** Waits until no scan is under way but those that wait for a later retry. Returns the seconds it took. */
  settled(mostSeconds: number): Promise<number>;
  statuses(numbers: readonly number[]): Promise<Map<number, string>>;
}

export interface Answer {
  /** 0 when no answer came. */
  readonly status: number;
  readonly body: { readonly number?: number; readonly code?: string } & Record<string, unknown>;
  readonly retryAfter: string | null;
}

const everyScope = ["read", "scan", "verify", "admin:accounts"];

export async function prepareGround(
  stack: Stack,
  all: readonly BenchAccount[],
  organization: number,
): Promise<Ground> {
  await insertAccounts(stack.urls.all, all);
  const accounts = all.filter((account) => account.organization === organization);
  const tenantId = accounts[0]?.tenantId ?? "";
  const { tokens, cookie } = await enroll(stack, tenantId);
  let asked = 0;
  let taken = 0;

  const api = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = {
      ...(init.headers as Record<string, string> | undefined),
      authorization: `Bearer ${tokens[asked++ % tokens.length]}`,
      "content-type": "application/json",
    };
    try {
      const answer = await fetch(`${stack.url}/api/v1${path}`, {
        ...init,
        headers,
        signal: AbortSignal.timeout(40_000),
      });
      const text = await answer.text();
      return {
        status: answer.status,
        body: text === "" ? {} : JSON.parse(text),
        retryAfter: answer.headers.get("retry-after"),
      };
    } catch {
      return { status: 0, body: {}, retryAfter: null };
    }
  };

  return {
    accounts,
    next: (count) => {
      const from = taken % accounts.length;
      taken += count;
      return [...accounts, ...accounts].slice(from, from + count);
    },
    api,
    page: async (path) => {
      const headers = { cookie };
      const answer = await fetch(`${stack.url}${path}`, {
        headers,
        redirect: "manual",
        signal: AbortSignal.timeout(40_000),
      }).catch(() => null);
      await answer?.text().catch(() => "");
      return answer?.status ?? 0;
    },
    request: async (wanted) => {
      const answers = await Promise.all(
        wanted.map(({ id }) => api("/scans", { method: "POST", body: JSON.stringify({ accountId: id }) })),
      );
      return answers.flatMap(({ body }) => body.number ?? []);
    },
    running: async (least) => {
      for (const last = Date.now() + 15_000; Date.now() < last; await sleep(50)) {
        const [row] = await stack.sql<{ n: number }>(
          "SELECT count(*)::int AS n FROM scans WHERE status = 'running'",
        );
        if ((row?.n ?? 0) >= least) return row?.n ?? 0;
      }
      throw new Error(`${least} scans were not running within 15 s`);
    },
    settled: async (mostSeconds) => {
      const begun = Date.now();
      for (;;) {
        const open = await stack
          .sql<{ number: number; status: string }>(
            `SELECT number, status FROM scans WHERE status IN ('queued', 'running')
             AND (not_before IS NULL OR not_before <= business_now())`,
          )
          .catch(() => null);
        const seconds = (Date.now() - begun) / 1_000;
        if (open?.length === 0) return seconds;
        if (seconds > mostSeconds) {
          const first = open?.[0];
          throw new Error(
            `${open?.length} scans are still open after ${mostSeconds} s, first ${first?.number} ${first?.status}`,
          );
        }
        await sleep(200);
      }
    },
    statuses: async (numbers) => {
      const rows = await stack.sql<{ number: number; status: string }>(
        "SELECT number, status FROM scans WHERE tenant_id = $1 AND number = ANY ($2)",
        [tenantId, [...numbers]],
      );
      return new Map(rows.map(({ number, status }) => [number, status]));
    },
  };
}

/** An admin with a session, and tokens enough that no limit stands in the way. */
async function enroll(stack: Stack, tenantId: string): Promise<{ tokens: string[]; cookie: string }> {
  const userId = randomUUID();
  const sid = newSecret();
  await stack.sql(
    "INSERT INTO users (id, email, name, password_hash) VALUES ($1, 'faults@example.com', 'Faults', '-')",
    [userId],
  );
  await stack.sql("INSERT INTO memberships (tenant_id, user_id, role) VALUES ($1, $2, 'admin')", [
    tenantId,
    userId,
  ]);
  await stack.sql(
    `INSERT INTO sessions (user_id, sid_hash, expires_at, idle_expires_at)
     VALUES ($1, $2, now() + interval '1 day', now() + interval '1 day')`,
    [userId, hashSecret(sid)],
  );
  const tokens = Array.from({ length: 24 }, () => `pst_live_${newSecret()}`);
  for (const token of tokens) {
    await stack.sql(
      `INSERT INTO api_tokens (tenant_id, name, prefix, token_hash, scopes, created_by, expires_at)
       VALUES ($1, 'Faults', $2, $3, $4, $5, now() + interval '1 day')`,
      [tenantId, token.slice(0, 13), hashSecret(token), everyScope, userId],
    );
  }
  const cookie = `posturio.sid=${await encode({ token: { sid }, secret: webSecret })}`;
  return { tokens, cookie };
}
