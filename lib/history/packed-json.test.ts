import fc from "fast-check";
import { expect, test } from "vitest";
import { sha256OfText } from "@/lib/evidence/canonical-json";
import { dictionary1 } from "./dictionary-1";
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

test("the dictionary is the one that history was packed with", () => {
  expect(sha256OfText(dictionary1)).toBe("eb53875b59f65e871be82cdb15dff45f302054512ef0c3440dd2783d11876f0d");
});

test("an unknown form is refused", () => {
  expect(() => unpackJson(Buffer.from([2, 123, 125]))).toThrow(/does not know/);
});
