import { expect, it } from "vitest";
import { z } from "zod";
import { cursorNumber, decodeCursor, encodeCursor } from "./cursor";

const key = z.tuple([cursorNumber, z.string().max(50)]);
const refused = expect.objectContaining({ code: "invalid_input" });

it("reads back what it wrote", () => {
  expect(decodeCursor(encodeCursor([7, "prod"]), key)).toEqual([7, "prod"]);
});

it("refuses what no list hands out, so that the database is never asked for it", () => {
  for (const forged of [
    encodeCursor([99_999_999_999, "prod"]),
    encodeCursor([-1, "prod"]),
    encodeCursor([1.5, "prod"]),
    encodeCursor([1e308, "prod"]),
    encodeCursor([1, "pr\0od"]),
    encodeCursor([1, "x".repeat(51)]),
    encodeCursor([1]),
    encodeCursor([1, "prod", "more"]),
    Buffer.from("null").toString("base64url"),
    Buffer.from("[".repeat(300)).toString("base64url"),
    "not a cursor",
    "\0",
    "",
  ]) {
    expect(() => decodeCursor(forged, key), forged).toThrow(refused);
  }
});
