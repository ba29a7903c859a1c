import { describe, expect, test } from "vitest";
import { decodeText } from "./decode-text";

const text = '{"a": "ü€"}';

function utf16(value: string, isBigEndian: boolean, mark: boolean): Uint8Array {
  const marked = mark ? `\uFEFF${value}` : value;
  const bytes = new Uint8Array(marked.length * 2);
  for (let i = 0; i < marked.length; i++) {
    new DataView(bytes.buffer).setUint16(i * 2, marked.charCodeAt(i), !isBigEndian);
  }
  return bytes;
}

describe("the text of a file is the same in", () => {
  test.each([
    ["UTF-8", new TextEncoder().encode(text)],
    ["UTF-8 with a mark", new TextEncoder().encode(`\uFEFF${text}`)],
    ["UTF-16, little endian", utf16(text, false, true)],
    ["UTF-16, big endian", utf16(text, true, true)],
    ["UTF-16, little endian, without a mark", utf16(text, false, false)],
    ["UTF-16, big endian, without a mark", utf16(text, true, false)],
  ])("%s", (_, bytes) => {
    expect(decodeText(bytes)).toBe(text);
  });

  test("an empty file, and one of a few bytes", () => {
    expect(decodeText(new Uint8Array())).toBe("");
    expect(decodeText(new TextEncoder().encode("{}"))).toBe("{}");
  });
});
