import { expect, test } from "vitest";
import { Kept } from "./kept";

test("what never changes is made once, and what was used longest ago is forgotten first", async () => {
  const made: string[] = [];
  const kept = new Kept<string>(2);
  const get = (key: string) =>
    kept.get(key, async () => {
      made.push(key);
      return key.toUpperCase();
    });
  expect([await get("a"), await get("b"), await get("a")]).toEqual(["A", "B", "A"]);
  await get("c");
  await get("a");
  expect(made).toEqual(["a", "b", "c"]);
  await get("b");
  expect(made).toEqual(["a", "b", "c", "b"]);
});

test("a failure is not kept", async () => {
  const kept = new Kept<number>(2);
  await expect(kept.get("a", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
  expect(await kept.get("a", async () => 1)).toBe(1);
});

test("of several at once only those that are not there are made, and one that cannot be made is in no answer", async () => {
  const made: (readonly string[])[] = [];
  const kept = new Kept<string>(3);
  const getAll = (keys: readonly string[]) =>
    kept.getAll(keys, async (missing) => {
      made.push(missing);
      return new Map(missing.flatMap((key) => (key === "none" ? [] : [[key, key.toUpperCase()] as const])));
    });
  expect([...(await getAll(["a", "b"]))]).toEqual([
    ["a", "A"],
    ["b", "B"],
  ]);
  expect((await getAll(["b", "c", "none"])).get("c")).toBe("C");
  expect((await getAll(["a", "b", "c"])).size).toBe(3);
  expect(made).toEqual([
    ["a", "b"],
    ["c", "none"],
  ]);
});
