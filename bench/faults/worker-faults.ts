import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type Fault, notComplete } from "./fault";

/** Long enough that a fault finds scans in their middle. */
const slow = { kind: "latency", api: "cloudtrail:DescribeTrails", latencyMs: 1_500 } as const;

export const workerFaults: readonly Fault[] = [
  {
    id: "F1",
    title: "kill -9 of a worker in the middle of its scans, 10 times",
    run: async (stack, ground) => {
      await stack.addFaults([slow]);
      const asked: number[] = [];
      let held = 0;
      for (let round = 0; round < 10; round += 1) {
        asked.push(...(await ground.request(ground.next(6))));
        held += await ground.running(1);
        const victim = stack.workers[0];
        if (victim) await stack.killWorker(victim);
        await stack.startWorker();
      }
      await stack.removeFaults();
      const seconds = await ground.settled(90);
      return {
        seen: `${held} scans were running at the kills; all ended ${seconds.toFixed(1)} s after the last`,
        violations: notComplete(await ground.statuses(asked), asked),
      };
    },
  },
  {
    id: "F1b",
    title: "every worker dies that takes one account's scan, until it waits longer and longer",
    run: async (stack, ground) => {
      await Promise.all(stack.workers.splice(0).map((worker) => worker.stop()));
      const [victim, ...others] = ground.next(6);
      if (!victim) throw new Error("There is no account");
      const short = { POSTURIO_LEASE_SECONDS: "5", POSTURIO_RECONCILE_SECONDS: "1" };
      await stack.addFaults([{ kind: "latency", account: victim.awsAccountId, latencyMs: 20_000 }]);
      const [poisoned = 0] = await ground.request([victim]);
      let deaths = 0;
      let fence = 0;
      // The lease of the worker that died goes on for a while: a new attempt shows in the fence.
      const isTaken = async () => {
        const [row] = await stack.sql<{ fence: number }>(
          `SELECT w.fence FROM work_items w JOIN scans s ON s.id = w.subject_id
           WHERE w.kind = 'scan' AND w.state = 'running' AND s.number = $1`,
          [poisoned],
        );
        const isNew = (row?.fence ?? 0) > fence;
        fence = Math.max(fence, row?.fence ?? 0);
        return isNew;
      };
      const begun = Date.now();
      while (deaths < 4) {
        const worker = await stack.startWorker(short);
        let taken = false;
        for (const last = Date.now() + 60_000; Date.now() < last && !taken; await sleep(100))
          taken = await isTaken();
        if (!taken) break;
        await stack.killWorker(worker);
        deaths += 1;
      }
      const seconds = Math.round((Date.now() - begun) / 1_000);
      await stack.removeFaults();
      await Promise.all(stack.workers.splice(0).map((worker) => worker.stop()));
      await stack.startWorker();
      await stack.startWorker();
      // A person who asks again does not wait for the delay of the attempts that failed.
      const asked = await ground.request([victim, ...others]);
      const settled = await ground.settled(90);
      return {
        seen: `${deaths} deaths in ${seconds} s; asked for again, it and five others ended after ${settled.toFixed(1)} s`,
        violations: [
          ...(deaths < 3 ? [`it was taken ${deaths} times only`] : []),
          ...(asked.includes(poisoned) ? [] : ["asking again did not find the scan that waits"]),
          ...notComplete(await ground.statuses([poisoned, ...asked]), [poisoned, ...asked]),
        ],
      };
    },
  },
  {
    id: "F2",
    title: "SIGSTOP past the lease, then SIGCONT",
    run: async (stack, ground) => {
      await stack.addFaults([slow]);
      const asked = await ground.request(ground.next(12));
      await ground.running(4);
      const sleeper = stack.workers[0];
      if (!sleeper) throw new Error("No worker runs");
      process.kill(sleeper.pid, "SIGSTOP");
      await stack.removeFaults();
      await sleep(32_000);
      // On a busy machine the others take longer than the lease; what they write late is not the sleeper's.
      await ground.settled(60);
      const before = await effects(stack.sql);
      process.kill(sleeper.pid, "SIGCONT");
      await sleep(8_000);
      await ground.settled(60);
      const fenced = sleeper.output().split("fenced out").length - 1;
      const after = await effects(stack.sql);
      return {
        seen: `it woke with scans that others had finished: fenced out ${fenced} times`,
        violations: [
          ...notComplete(await ground.statuses(asked), asked),
          ...(before === after ? [] : [`it wrote after it woke: ${before} became ${after}`]),
        ],
      };
    },
  },
  {
    id: "F3",
    title: "SIGTERM in the middle of scans",
    run: async (stack, ground) => {
      await stack.addFaults([{ ...slow, latencyMs: 9_000 }]);
      const asked = await ground.request(ground.next(6));
      await ground.running(1);
      const leaver = stack.workers.shift();
      const begun = Date.now();
      await leaver?.stop();
      const ms = Date.now() - begun;
      await stack.removeFaults();
      const returned = (leaver?.output() ?? "").split("put back").length - 1;
      await stack.startWorker();
      const seconds = await ground.settled(60);
      return {
        seen: `ended after ${ms} ms, ${returned} scans put back, all done ${seconds.toFixed(1)} s later`,
        violations: [
          ...(ms < 12_000 ? [] : [`it took ${ms} ms to end`]),
          ...notComplete(await ground.statuses(asked), asked),
        ],
      };
    },
  },
  {
    id: "F12",
    title: "a worker whose log has no room",
    run: async (stack, ground) => {
      // Alone, so that the scans are its own.
      await Promise.all(stack.workers.splice(0).map((worker) => worker.stop()));
      const full = openSync("/dev/full", "w");
      const child = spawn(process.execPath, ["dist/worker.mjs"], {
        env: { ...stack.workerEnvironment, PATH: process.env.PATH } as unknown as NodeJS.ProcessEnv,
        stdio: ["ignore", full, full],
      });
      const ended = once(child, "exit");
      const asked = await ground.request(ground.next(6));
      const seconds = await ground.settled(60).catch(() => Number.NaN);
      const lives = child.exitCode === null && child.signalCode === null;
      child.kill("SIGTERM");
      await ended;
      await stack.startWorker();
      await stack.startWorker();
      await ground.settled(60);
      return {
        seen: `its scans ended after ${seconds.toFixed(1)} s`,
        violations: [
          ...(lives ? [] : ["the worker ended because nothing could be logged"]),
          ...(Number.isNaN(seconds) ? ["it ran no scan"] : []),
          ...notComplete(await ground.statuses(asked), asked),
        ],
      };
    },
  },
];

/** How much every scan has left behind; a second effect of one would raise it. */
async function effects(sql: <Row>(text: string) => Promise<Row[]>): Promise<string> {
  const [row] = await sql<{ text: string }>(
    `SELECT concat_ws(' ', (SELECT count(*) FROM runs WHERE ending = 'ended'), (SELECT count(*) FROM evaluations),
       (SELECT count(*) FROM finding_events)) AS text`,
  );
  return row?.text ?? "";
}
