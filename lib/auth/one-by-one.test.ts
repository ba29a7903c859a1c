import { randomBytes } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { oneByOne } from "./one-by-one";

it("runs works of one key in order, of others at once, and goes on after a failure", async () => {
  const said: string[] = [];
  const work =
    (name: string, turns: number, fails = false) =>
    async () => {
      said.push(`${name} starts`);
      for (let n = 0; n < turns; n += 1) await setImmediate();
      said.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    };
  const results = await Promise.allSettled([
    oneByOne("a", work("a1", 5, true)),
    oneByOne("a", work("a2", 1)),
    oneByOne("b", work("b", 1)),
  ]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
  expect(said).toEqual(["a1 starts", "b starts", "b ends", "a1 ends", "a2 starts", "a2 ends"]);
  expect(await oneByOne("a", work("a3", 0))).toBe("a3");
});

it("lets the third wait for the second after the first has ended", async () => {
  let running = 0;
  let most = 0;
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    for (let n = 0; n < 5; n += 1) await setImmediate();
    running -= 1;
  };
  const first = oneByOne("c", work);
  const second = oneByOne("c", work);
  await first;
  await setImmediate();
  await Promise.all([second, oneByOne("c", work)]);
  expect(most).toBe(1);
});

it("keeps nothing of a key whose works are done: anybody can make up keys", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const heap = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = heap();
  for (let n = 0; n < 2_000; n += 1) await oneByOne(randomBytes(5_000).toString("hex"), async () => {});
  await setImmediate();
  expect(heap() - before).toBeLessThan(8_000_000);
});
