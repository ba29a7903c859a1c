import canonicalize from "canonicalize";
import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson, sha256OfJson } from "./canonical-json";

test("the order of members changes neither text nor hash", () => {
  expect(canonicalJson({ b: [1, { d: null, c: "x" }], a: true })).toBe(
    '{"a":true,"b":[1,{"c":"x","d":null}]}',
  );
  expect(sha256OfJson({ a: 1, b: 2 })).toBe(sha256OfJson({ b: 2, a: 1 }));
});

test("what was written reads back as the same value", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("is RFC 8785, byte for byte, as the library that an auditor knows writes it", () => {
  // Whole code points: RFC 8785 has no text for half of a surrogate pair.
  const text = fc.string({ unit: "binary", maxLength: 12 });
  const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.constant(-0));
  const leaf = fc.oneof(
    text,
    number,
    fc.boolean(),
    fc.constantFrom(null, undefined, new Date(0), 1e21, 1e-7),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      fc.array(tie("value"), { maxLength: 5 }),
      fc.dictionary(
        fc.oneof(text, fc.constantFrom("__proto__", "10", "9", "é", "\u{1f433}", "\uffff")),
        tie("value"),
        {
          maxKeys: 6,
        },
      ),
    ),
  }));
  fc.assert(
    fc.property(value, (some) => {
      expect(canonicalJson(some)).toBe(canonicalize(some) ?? "null");
    }),
    { numRuns: 500 },
  );
});

test("half of a surrogate pair, which RFC 8785 refuses, is escaped: AWS may answer it, and it must be stored", () => {
  expect(() => canonicalize({ tag: "\ud800" })).toThrow("Lone surrogate");
  expect(canonicalJson({ "\udc00": "\ud800" })).toBe('{"\\udc00":"\\ud800"}');
});
