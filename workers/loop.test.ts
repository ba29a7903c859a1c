import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { loop } from "./loop";

test("a loop whose turn hangs is seen, and one that turns or throws is not", async () => {
  let release = () => {};
  const hanging = loop("hanging", 1, () => new Promise<void>((resolve) => (release = resolve)));
  const throwing = loop("throwing", 1, async () => {
    throw new Error("planted");
  });
  await sleep(200);
  expect(hanging.turnedWithin(150)).toBe(false);
  expect(throwing.turnedWithin(150)).toBe(true);
  release();
  await sleep(20);
  expect(hanging.turnedWithin(150)).toBe(true);
  release();
  await Promise.all([hanging.stop(), throwing.stop()]);
});
