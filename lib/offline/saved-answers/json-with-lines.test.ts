import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson } from "./json-with-lines";

const object = fc.oneof(
  fc.dictionary(fc.oneof(fc.string(), fc.constant("__proto__")), fc.jsonValue({ maxDepth: 4 })),
  fc.array(fc.jsonValue({ maxDepth: 4 })),
);
const indent = fc.constantFrom(undefined, 2, "\t", "\r\n");

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Short texts, whose names are all different however one character is changed. */
const small = fc.oneof(
  fc.record({ first: fc.jsonValue({ maxDepth: 0 }), another: fc.array(fc.jsonValue({ maxDepth: 0 })) }),
  fc.array(fc.oneof(fc.jsonValue({ maxDepth: 0 }), fc.record({ one: fc.string() })), { maxLength: 3 }),
);

describe("readJson", () => {
  it("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(object, indent, (value, space) => {
        const text = JSON.stringify(value, null, space === "\r\n" ? 1 : space);
        const given = space === "\r\n" ? text.replaceAll("\n", "\r\n") : text;
        const reading = readJson(given);
        expect(reading.stop).toBeNull();
        expect(JSON.stringify(reading.value)).toBe(JSON.stringify(JSON.parse(given)));
      }),
    );
  });

  it("stops wherever a text is cut, and keeps what was whole before", () => {
    fc.assert(
      fc.property(object, fc.nat(), (value, at) => {
        const text = JSON.stringify(value, null, 1);
        const cut = text.slice(0, at % text.length);
        const { stop } = readJson(cut);
        expect(stop).not.toBeNull();
        expect(stop?.found).toBeNull();
        expect(stop?.line).toBe(cut.split("\n").length);
      }),
    );
  });

  it("takes no text with one character changed that JSON.parse refuses", () => {
    const character = fc.constantFrom(..."{}[]\",:\\0-+.eEtn\n\u0000 /'");
    fc.assert(
      fc.property(small, fc.nat(), character, (value, at, other) => {
        const text = JSON.stringify(value);
        const place = 1 + (at % (text.length - 1));
        const changed = text.slice(0, place) + other + text.slice(place + 1);
        // What follows the value is ignored, so an end that comes early is an end.
        const ends = [...changed]
          .map((_, index) => changed.slice(0, index + 1))
          .filter((part) => "]}".includes(part.at(-1) ?? ""));
        const { stop } = readJson(changed);
        expect(stop === null).toBe(ends.some(parses));
      }),
      { numRuns: 500 },
    );
  });

  it("points at the second of two equal names", () => {
    const { stop, value } = readJson('{\n  "a": 1,\n  "b": {"a": 2},\n  "a": 3\n}');
    expect(stop).toMatchObject({ line: 4, column: 3, expected: "a name not yet in this object" });
    expect(value).toEqual({ a: 1, b: { a: 2 } });
    expect(readJson('{"__proto__": 1, "toString": 2, "constructor": 3}').stop).toBeNull();
    expect(readJson('{"a": 1, "\\u0061": 2}').stop).toMatchObject({ line: 1, column: 10 });
  });

  it.each(['{"a": tr', '{"a": -', '{"a": 1.', '{"a": 2.5e-', '{"a": "x\\', '{"a": "x\\u00'])(
    "takes %s for a text that was cut off",
    (text) => expect(readJson(text).stop).toMatchObject({ found: null, isBrokenText: false }),
  );

  it("stops at nesting that would exhaust the stack", () => {
    for (const deep of ["[".repeat(200_000), '{"a":'.repeat(200_000)]) {
      expect(readJson(deep).stop).toMatchObject({ line: 1, expected: "less nesting" });
    }
  });

  it("begins at the given place and ignores what comes before and after", () => {
    const text = '\ufeff$ cat saved.json\n{"a": [\n1]}\n$ exit';
    const reading = readJson(text, text.indexOf("{"));
    expect(reading).toMatchObject({ stop: null, value: { a: [1] } });
    expect(reading.lineOf(reading.value as object)).toBe(2);
    expect(readJson('\ufeff{"a": 1}').stop).toMatchObject({ line: 1, column: 1, expected: "{ or [" });
  });

  it("knows the line of every record of a large file", () => {
    const records = Array.from({ length: 5000 }, (_, index) => JSON.stringify({ index }));
    const reading = readJson(`[\n${records.join(",\n")}\n]`);
    const lines = (reading.value as object[]).map((record) => reading.lineOf(record));
    expect(lines).toEqual(records.map((_, index) => index + 2));
  });

  it("distinguishes a line break inside a text from a text that ends", () => {
    expect(readJson('{"a": "one\ntwo"}').stop).toMatchObject({ line: 1, isBrokenText: true });
    expect(readJson('{"a": "one').stop).toMatchObject({ found: null, isBrokenText: false });
  });
});
