import { setImmediate } from "node:timers/promises";
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
