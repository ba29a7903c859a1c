import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { bugsTold, type Fault, notComplete, tally } from "./fault";
import type { Ground } from "./ground";
import type { Stack } from "./stack";

const slow = { kind: "latency", api: "cloudtrail:DescribeTrails", latencyMs: 1_500 } as const;
const pages = ["/o/bench-1/findings", "/o/bench-1/accounts", "/o/bench-1/scans", "/login"];

/** Asks API and pages until told to stop; every status that came. */
function keepAsking(ground: Ground): { stop(): Promise<{ api: number[]; pages: number[] }> } {
  const [api, seen]: [number[], number[]] = [[], []];
  let asking = true;
  const loops = [
    (async () => {
      while (asking) {
        api.push((await ground.api("/findings?limit=5")).status);
        await sleep(30);
      }
    })(),
    (async () => {
      for (let turn = 0; asking; turn += 1) {
        seen.push(await ground.page(pages[turn % pages.length] ?? "/login"));
        await sleep(100);
      }
    })(),
  ];
  return {
    stop: async () => {
      asking = false;
      await Promise.all(loops);
      return { api, pages: seen };
    },
  };
}

function told({ api, pages: seen }: { api: number[]; pages: number[] }) {
  return {
    seen: `API ${tally(api)}; pages ${tally(seen)}`,
    violations: [...bugsTold(api, "API requests"), ...bugsTold(seen, "pages")],
  };
}

const restart = (id: string, mode: "fast" | "immediate"): Fault => ({
  id,
  title: `PostgreSQL restarts (${mode}) in the middle of scans, 3 times`,
  run: async (stack, ground) => {
    await stack.addFaults([slow]);
    const asking = keepAsking(ground);
    const asked: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      asked.push(...(await ground.request(ground.next(8))));
      await ground.running(1);
      await stack.postgres.stop(mode);
      await sleep(700);
      await stack.postgres.start();
      await sleep(1_500);
    }
    await stack.removeFaults();
    const seconds = await ground.settled(90);
    const { seen, violations } = told(await asking.stop());
    return {
      seen: `settled ${seconds.toFixed(1)} s after the last; ${seen}`,
      violations: [...violations, ...ended(stack), ...notComplete(await ground.statuses(asked), asked)],
    };
  },
});

export const databaseFaults: readonly Fault[] = [
  restart("F8a", "fast"),
  restart("F8b", "immediate"),
  {
    id: "F9",
    title: "PostgreSQL away for 60 s",
    run: async (stack, ground) => {
      await stack.postgres.stop("fast");
      const asking = keepAsking(ground);
      const begun = Date.now();
      const health = await fetch(`${stack.url}/api/health`);
      const ms = Date.now() - begun;
      const live = await fetch(`${stack.url}/api/health/live`);
      await sleep(60_000);
      await stack.postgres.start();
      const back = Date.now();
      while (Date.now() - back < 30_000 && (await fetch(`${stack.url}/api/health`)).status !== 200)
        await sleep(100);
      const healed = Date.now() - back;
      const { seen, violations } = told(await asking.stop());
      const asked = await ground.request(ground.next(6));
      await ground.settled(60);
      return {
        seen: `health ${health.status} in ${ms} ms, live ${live.status}, healthy ${healed} ms after the return; ${seen}`,
        violations: [
          ...violations,
          ...(health.status === 503 ? [] : [`health said ${health.status}`]),
          ...(live.status === 200 ? [] : [`liveness said ${live.status}`]),
          ...(healed < 30_000 ? [] : ["it was not healthy 30 s after the return"]),
          ...ended(stack),
          ...notComplete(await ground.statuses(asked), asked),
        ],
      };
    },
  },
  {
    id: "F10",
    title: "every connection of PostgreSQL taken for 15 s",
    run: async (stack, ground) => {
      const asked = await ground.request(ground.next(12));
      const taken: pg.Client[] = [];
      const asking = keepAsking(ground);
      for (const last = Date.now() + 15_000; Date.now() < last; ) {
        const client = new pg.Client({ connectionString: stack.urls.all });
        client.on("error", () => undefined);
        if (
          await client.connect().then(
            () => true,
            () => false,
          )
        )
          taken.push(client);
        else await sleep(100);
      }
      await Promise.all(taken.map((client) => client.end()));
      const seconds = await ground.settled(60);
      const { seen, violations } = told(await asking.stop());
      return {
        seen: `${taken.length} connections taken; settled ${seconds.toFixed(1)} s after release; ${seen}`,
        violations: [...violations, ...ended(stack), ...notComplete(await ground.statuses(asked), asked)],
      };
    },
  },
  {
    id: "F10b",
    title: "a table that every request reads is locked for 10 s, 80 requests",
    run: async (stack, ground) => {
      const answers = await whileLocked(stack, "LOCK TABLE findings IN ACCESS EXCLUSIVE MODE", 10_000, () =>
        Promise.all(Array.from({ length: 80 }, async () => (await ground.api("/findings?limit=5")).status)),
      );
      const begun = Date.now();
      const after = (await ground.api("/findings?limit=5")).status;
      return {
        seen: `${tally(answers)}; ${after} in ${Date.now() - begun} ms after release`,
        violations: [...bugsTold(answers, "requests"), ...(after === 200 ? [] : [`${after} after release`])],
      };
    },
  },
  {
    id: "F11",
    title: "rows of findings locked for 30 s while scans finish",
    run: (stack, ground) => finishUnderLock(stack, ground, "SELECT 1 FROM findings FOR UPDATE", 30_000),
  },
  {
    id: "F11b",
    title: "evaluations locked for 150 s, as by an index that is built",
    run: (stack, ground) => finishUnderLock(stack, ground, "LOCK TABLE evaluations IN SHARE MODE", 150_000),
  },
];

async function finishUnderLock(stack: Stack, ground: Ground, lock: string, ms: number) {
  const asked = await whileLocked(stack, lock, ms, () => ground.request(ground.next(5)));
  const seconds = await ground.settled(150);
  return {
    seen: `settled ${seconds.toFixed(1)} s after release`,
    violations: notComplete(await ground.statuses(asked), asked),
  };
}

async function whileLocked<T>(stack: Stack, lock: string, ms: number, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: stack.urls.all });
  await client.connect();
  try {
    await client.query("BEGIN");
    await client.query(lock);
    const [result] = await Promise.all([work(), sleep(ms)]);
    await client.query("COMMIT");
    return result;
  } finally {
    await client.end();
  }
}

/** No process of ours ends because the database does. */
function ended(stack: Stack): string[] {
  return [
    ...(stack.webRuns() ? [] : ["the web server ended"]),
    ...(stack.workers.every((worker) => worker.isRunning()) ? [] : ["a worker ended"]),
  ];
}
