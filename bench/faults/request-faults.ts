import { setTimeout as sleep } from "node:timers/promises";
import { type Fault, notComplete, tally } from "./fault";

const slow = { kind: "latency", api: "cloudtrail:DescribeTrails", latencyMs: 1_500 } as const;
/** Scans of the large organization, those of ten small ones beside it, and how long a small one may wait. */
const mostSecondsUntilCreated = 10;

export const requestFaults: readonly Fault[] = [
  {
    id: "F16",
    title: "kill -9 of the web server while scans are asked for, 6 times",
    run: async (stack, ground) => {
      const acknowledged: number[] = [];
      let unanswered = 0;
      for (let round = 0; round < 6; round += 1) {
        // A process that has just started answers slowly: the kill should meet some requests before and some after.
        for (let warm = 0; warm < 8; warm += 1) await ground.api("/scans?limit=1");
        const asking = Promise.all(
          ground.next(10).map(async ({ id }, place) => {
            await sleep(place * 30);
            const answer = await ground.api("/scans", {
              method: "POST",
              body: JSON.stringify({ accountId: id }),
            });
            if (answer.body.number === undefined) unanswered += 1;
            else acknowledged.push(answer.body.number);
          }),
        );
        await sleep(200);
        await stack.killWeb();
        await asking;
        await stack.startWeb();
      }
      await ground.settled(60);
      return {
        seen: `${acknowledged.length} acknowledged, ${unanswered} not`,
        violations: [
          ...notComplete(await ground.statuses(acknowledged), acknowledged),
          ...(acknowledged.length > 0 && unanswered > 0
            ? []
            : ["the kills met no request: nothing was shown"]),
        ],
      };
    },
  },
  {
    id: "F16b",
    title: "a scan is cancelled while it finishes, 30 times",
    run: async (_stack, ground) => {
      const statuses: number[] = [];
      const mixed: string[] = [];
      for (let round = 0; round < 30; round += 1) {
        const [number] = await ground.request(ground.next(1));
        if (number === undefined) continue;
        await sleep(250 + 15 * round);
        const { status } = await ground.api(`/scans/${number}/cancel`, { method: "POST" });
        statuses.push(status);
        await ground.settled(30);
        const now = (await ground.statuses([number])).get(number);
        const right = status === 200 ? now === "cancelled" : status === 409 && now === "complete";
        if (!right) mixed.push(`scan ${number} answered ${status} and is ${now}`);
      }
      return { seen: tally(statuses), violations: mixed };
    },
  },
  {
    id: "F17",
    title: "450 schedules due at once: one organization with 400 accounts beside ten with 5",
    run: async (stack, ground) => {
      await stack.sql(
        `INSERT INTO scan_schedules (tenant_id, account_id, next_due_at, trust_due_at)
         SELECT a.tenant_id, a.id, now() - CASE WHEN o.slug = 'bench-2' THEN interval '10 minutes' ELSE interval '0' END,
                now() + interval '1 year'
         FROM accounts a JOIN organizations o ON o.id = a.tenant_id WHERE o.slug <> 'bench-1'`,
      );
      const begun = Date.now();
      const counts = () =>
        stack.sql<{ small: number; ended: number }>(
          `SELECT count(*) FILTER (WHERE o.slug <> 'bench-2')::int AS small,
                  count(s.finished_at)::int AS ended
           FROM scans s JOIN organizations o ON o.id = s.tenant_id WHERE o.slug <> 'bench-1'`,
        );
      let created = Number.NaN;
      for (const last = begun + 240_000; Date.now() < last; await sleep(250)) {
        const [row] = await counts();
        if (Number.isNaN(created) && row?.small === 50) created = (Date.now() - begun) / 1_000;
        if (row?.ended === 450) break;
      }
      const seconds = (Date.now() - begun) / 1_000;
      await ground.settled(60);
      const [row] = await counts();
      await stack.sql("UPDATE scan_schedules SET enabled = false");
      return {
        seen: `${row?.ended} scans in ${seconds.toFixed(0)} s; the last of the small ones created after ${created.toFixed(1)} s`,
        violations: [
          ...(row?.ended === 450 ? [] : [`${row?.ended} of 450 scheduled scans ended`]),
          ...(created <= mostSecondsUntilCreated
            ? []
            : [`scans of small organizations were created after ${created} s`]),
        ],
      };
    },
  },
  {
    id: "F23",
    title: "an account is disconnected in the middle of its scan",
    run: async (stack, ground) => {
      await stack.addFaults([slow]);
      const [account] = ground.accounts.slice(-1);
      const asked = await ground.request(account ? [account] : []);
      await ground.running(1);
      const gone = await ground.api(`/accounts/${account?.id}`, { method: "DELETE" });
      await stack.removeFaults();
      await ground.settled(60);
      const status = (await ground.statuses(asked)).get(asked[0] ?? 0);
      const again = await ground.api("/scans", {
        method: "POST",
        body: JSON.stringify({ accountId: account?.id }),
      });
      const [row] = await stack.sql<{ n: number }>(
        "SELECT count(*)::int AS n FROM evaluations e JOIN scans s ON s.tenant_id = e.tenant_id AND s.id = e.scan_id WHERE s.account_id = $1 AND s.number = $2",
        [account?.id, asked[0]],
      );
      return {
        seen: `${gone.status}, the scan is ${status}, another is answered with ${again.status}`,
        violations: [
          ...(gone.status === 204 || gone.status === 200
            ? []
            : [`disconnecting was answered with ${gone.status}`]),
          ...(status === "cancelled" ? [] : [`the scan is ${status}`]),
          ...(again.status === 409 ? [] : [`another scan was answered with ${again.status}`]),
          ...(row?.n === 0 ? [] : ["the cancelled scan judged the account"]),
        ],
      };
    },
  },
];
