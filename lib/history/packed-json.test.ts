import fc from "fast-check";
import { expect, test } from "vitest";
import { packJson, unpackJson } from "./packed-json";

test("what is packed is read back as it was", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(unpackJson(packJson(text))).toEqual(JSON.parse(text));
    }),
  );
});

test("what a migration wrote as plain text is read too", () => {
  expect(unpackJson(Buffer.concat([Buffer.from([0]), Buffer.from('{"é":1}')]))).toEqual({ é: 1 });
});

test("an unknown form is refused", () => {
  expect(() => unpackJson(Buffer.from([2, 123, 125]))).toThrow(/does not know/);
});
