import { describe, expect, expectTypeOf, it } from "vitest";
import { defineWords, UnknownWord, type WordOf } from "./words";

const moods = defineWords("mood", ["calm", "cross"]);

describe("stored words", () => {
  it("give back a word of the set, typed", () => {
    const mood = moods.parse("calm");
    expect(mood).toBe("calm");
    expectTypeOf(mood).toEqualTypeOf<"calm" | "cross">();
    expectTypeOf<WordOf<typeof moods>>().toEqualTypeOf<"calm" | "cross">();
  });

  it("throw for any other word, and name the word and the set", () => {
    for (const stored of ["Calm", "", "constructor", "calm "]) {
      expect(() => moods.parse(stored)).toThrow(UnknownWord);
      expect(moods.is(stored)).toBe(false);
    }
    expect(() => moods.parse("merry")).toThrow('Unknown mood "merry": expected one of calm, cross.');
  });

  it("leave an empty column empty, and nothing else", () => {
    expect(moods.parseOrNull(null)).toBeNull();
    expect(moods.parseOrNull("cross")).toBe("cross");
    expect(() => moods.parseOrNull("")).toThrow(UnknownWord);
  });
});
