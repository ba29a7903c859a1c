import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { follow } from "./live-poll";

function follower() {
  const states: unknown[] = [];
  const ends: number[] = [];
  return {
    states,
    ends,
    onState: (state: unknown) => void states.push(state),
    onEnd: () => void ends.push(Date.now()),
  };
}

test("all who follow one key share its readings, and the last to leave ends them", async () => {
  let reads = 0;
  const read = async () => ++reads;
  const all = Array.from({ length: 40 }, follower);
  const leave = all.map((each) => follow("scan 1", read, each));
  const other = follower();
  const leaveOther = follow("scan 2", async () => "other", other);
  await sleep(1_400);
  expect(reads).toBeGreaterThanOrEqual(2);
  expect(reads).toBeLessThanOrEqual(4);
  for (const { states } of all) expect(states).toEqual(all[0]?.states);
  expect(new Set(other.states)).toEqual(new Set(["other"]));
  for (const stop of leave) stop();
  leaveOther();
  await sleep(500);
  const before = reads;
  await sleep(900);
  expect(reads).toBe(before);
});

test("a reading that fails ends everyone's, and the next follower begins anew", async () => {
  const first = [follower(), follower()];
  for (const each of first) follow("scan 3", () => Promise.reject(new Error("planted")), each);
  await sleep(700);
  expect(first.map(({ ends }) => ends.length)).toEqual([1, 1]);
  const next = follower();
  const leave = follow("scan 3", async () => "back", next);
  await sleep(700);
  leave();
  expect(next.states[0]).toBe("back");
});
