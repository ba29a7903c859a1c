import { expect, test } from "vitest";
import type { Follower } from "./live-poll";
import { liveResponse } from "./live-response";
import { isEnding, takeSeat } from "./live-seats";

let sessions = 0;
const session = () => `session ${++sessions}`;

interface Way {
  readonly states: readonly number[];
  readonly stillMay?: () => Promise<boolean>;
  readonly accept?: string;
}

/** A stream of numbers, done at 9, and all that it says until it ends. */
async function live(
  { states, stillMay = async () => true, accept = "text/event-stream" }: Way,
  name = session(),
) {
  let reads = 0;
  const leave = new AbortController();
  const answer = await liveResponse(
    new Request("http://localhost:3000/", { headers: { accept }, signal: leave.signal }),
    { session: name, stillMay },
    {
      key: name,
      read: async () => states[Math.min(reads++, states.length - 1)] ?? 0,
      isDone: (state) => state === 9,
    },
  );
  return { answer, leave: () => leave.abort(), reads: () => reads };
}

const events = (text: string) => [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => Number(data));

test("a stream says each state once and ends when it is done", async () => {
  const { answer } = await live({ states: [1, 1, 2, 2, 9] });
  expect(answer.headers.get("content-type")).toContain("text/event-stream");
  expect(answer.headers.get("cache-control")).toBe("no-store, no-transform");
  expect(events(await answer.text())).toEqual([1, 2, 9]);
});

test("what is done already is said and ends at once, and JSON takes no seat", async () => {
  expect(events(await (await live({ states: [9] })).answer.text())).toEqual([9]);
  const name = session();
  for (let n = 0; n < 20; n += 1) {
    const { answer } = await live({ states: [n], accept: "application/json" }, name);
    expect(await answer.json()).toBe(n);
  }
});

test.each([
  ["may no longer read", async () => false],
  ["can be asked about nowhere", () => Promise.reject(new Error("planted"))],
])("the stream of somebody who %s ends within seconds", async (_, stillMay) => {
  const { answer } = await live({ states: [1], stillMay });
  const began = Date.now();
  expect(events(await answer.text())).toEqual([1]);
  expect(Date.now() - began).toBeLessThan(4_000);
});

test("a session has six, each given back once, however its stream ended", async () => {
  const name = session();
  const open = await Promise.all(Array.from({ length: 6 }, () => live({ states: [1] }, name)));
  await expect(live({ states: [1] }, name)).rejects.toMatchObject({ code: "rate_limited", retryAfter: 10 });
  open[0]?.leave();
  open[0]?.leave();
  await open[1]?.answer.body?.cancel();
  const more = await Promise.all([live({ states: [1] }, name), live({ states: [1] }, name)]);
  await expect(live({ states: [1] }, name)).rejects.toMatchObject({ code: "rate_limited" });
  for (const each of [...open, ...more]) each.leave();
  const others = await live({ states: [9] }, session());
  await others.answer.text();
});

test("a reader who takes nothing keeps no seat", async () => {
  const name = session();
  const { answer } = await live({ states: [1] }, name);
  // Told at once what would take a while to be read.
  const polls = (globalThis as { posturioPolls?: Map<string, Set<Follower>> }).posturioPolls;
  const followers = polls?.get(name) ?? new Set();
  expect(followers.size).toBe(1);
  for (let state = 100; state < 200; state += 1) for (const each of [...followers]) each.onState(state);
  expect(followers.size).toBe(0);
  expect(events(await answer.text()).length).toBeLessThan(60);
});

test("a seat that is given back twice makes room for one", () => {
  const name = session();
  const leave = Array.from({ length: 6 }, () => takeSeat(name, () => {}));
  leave[0]?.();
  leave[0]?.();
  leave[0] = takeSeat(name, () => {});
  expect(() => takeSeat(name, () => {})).toThrow(expect.objectContaining({ code: "rate_limited" }));
  for (const each of leave) each();
});

test("a process has two hundred, and the end of it ends them all", async () => {
  const ended: number[] = [];
  const leave = Array.from({ length: 200 }, (_, n) => takeSeat(`many ${n}`, () => void ended.push(n)));
  expect(() => takeSeat("one more", () => {})).toThrow(expect.objectContaining({ code: "rate_limited" }));
  leave[0]?.();
  leave[0]?.();
  const again = takeSeat("one more", () => {});
  expect(() => takeSeat("another", () => {})).toThrow();
  again();
  expect(isEnding()).toBe(false);
  process.emit("SIGTERM");
  expect(isEnding()).toBe(true);
  expect(ended).toHaveLength(199);
  for (const each of leave) each();
  // No stream begins any more: one says what is and ends.
  expect(events(await (await live({ states: [1] })).answer.text())).toEqual([1]);
});
