import { setTimeout as sleep } from "node:timers/promises";
import type { FaultSpec } from "@/sandbox/world/world-file";
import type { Fault } from "./fault";
import type { Ground } from "./ground";
import { changes, standing } from "./invariants";
import type { Stack } from "./stack";

const kinds: Readonly<Record<string, FaultSpec>> = {
  html: { kind: "html" },
  reset: { kind: "reset" },
  truncated: { kind: "truncated" },
  expired: { kind: "expired" },
  "token refused": { kind: "token_refused" },
  denied: { kind: "deny" },
  "5xx": { kind: "server_error" },
  "throttled, a third of the calls": { kind: "throttle", probability: 0.3 },
  "throttled, all": { kind: "throttle" },
  "one Region hangs": { kind: "hang", region: "eu-west-1" },
};

export const awsFaults: readonly Fault[] = [
  {
    id: "F14",
    title: `AWS fails in ${Object.keys(kinds).length} ways: no verdict may change`,
    run: async (stack, ground) => {
      const seconds: string[] = [];
      const violations: string[] = [];
      for (const [name, fault] of Object.entries(kinds)) {
        const accounts = ground.next(6);
        const before = await standing(stack);
        await stack.addFaults([fault]);
        await ground.request(accounts);
        seconds.push(`${name} ${(await ground.settled(180)).toFixed(1)} s`);
        violations.push(...changes(before, await standing(stack)).map((change) => `${name}: ${change}`));
        await stack.removeFaults();
        violations.push(...(await healed(stack, ground, accounts, name)));
      }
      return { seen: seconds.join("; "), violations };
    },
  },
  {
    id: "F13",
    title: "the clock of AWS is an hour ahead of ours",
    run: async (stack, ground) => {
      const accounts = ground.next(10);
      const before = await standing(stack);
      const time = (advance: number) =>
        fetch(`${stack.sandbox.url}/_sandbox/time`, { method: "POST", body: JSON.stringify({ advance }) });
      await time(3_600);
      await ground.request(accounts);
      await ground.settled(90);
      await sleep(500);
      await time(-3_600);
      const [row] = await stack.sql<{ seconds: number }>(
        "SELECT coalesce(max(abs(extract(epoch FROM finished_at - now()))), 0)::int AS seconds FROM scans WHERE finished_at > now() - interval '2 minutes' OR finished_at > now()",
      );
      return {
        seen: `times of scans are at most ${row?.seconds} s from the database's`,
        violations: [
          ...changes(before, await standing(stack)),
          ...((row?.seconds ?? 0) > 130 ? ["a scan carries the time of AWS"] : []),
        ],
      };
    },
  },
];

/** After the fault one more scan of each account must read everything, and find what it found before. */
async function healed(
  _stack: Stack,
  ground: Ground,
  accounts: Parameters<Ground["request"]>[0],
  name: string,
): Promise<string[]> {
  const asked = await ground.request(accounts);
  await ground.settled(120);
  const statuses = await ground.statuses(asked);
  return asked.flatMap((number) =>
    statuses.get(number) === "complete"
      ? []
      : [`${name}: scan ${number} after it is ${statuses.get(number)}`],
  );
}
