import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { ObservationTag, observationLook, standingLook } from "./status-tag";

const tag = (properties: Parameters<typeof ObservationTag>[0]) =>
  renderToStaticMarkup(createElement(ObservationTag, properties));

it("says of what a pass is not sure, and is not drawn as a proven one", () => {
  const inferred = tag({ observation: "passing", note: "inferred, 13 Regions closed" });
  expect(inferred.replaceAll(/<[^>]*>/g, "")).toBe("Passing · inferred, 13 Regions closed");
  expect(inferred).not.toContain("proven");
  expect(tag({ observation: "passing" })).toContain("proven");
});

it("never shows the pass of an open finding as proven, and says of a failing one that it came back", () => {
  const unproven = tag({ observation: "passing", assurance: "VERIFIED", status: "open" });
  expect(unproven.replaceAll(/<[^>]*>/g, "")).toBe("Passing, not proven");
  expect(unproven).toContain("text-wait");
  expect(unproven).not.toContain("text-proven");
  const words = (comebacks: number) =>
    tag({ observation: "failing", comebacks, status: "open" }).replaceAll(/<[^>]*>/g, "");
  expect([0, 1, 2, 3, 11, 22].map(words)).toEqual([
    "Failing",
    "Came back",
    "Came back, 2nd time",
    "Came back, 3rd time",
    "Came back, 11th time",
    "Came back, 22nd time",
  ]);
});

it("says what is proven, what awaits proof and what was reopened, whatever the last scan saw", () => {
  const words = (properties: Parameters<typeof ObservationTag>[0]) =>
    tag(properties).replaceAll(/<[^>]*>/g, "");
  expect(words({ observation: "passing", status: "resolved" })).toBe("Verified");
  expect(tag({ observation: "passing", status: "resolved" })).toContain("text-proven");
  expect(words({ observation: "passing", status: "resolved", note: "inferred, 2 Regions closed" })).toBe(
    "Verified · inferred, 2 Regions closed",
  );
  expect(words({ observation: "unknown", status: "resolved" })).toBe("Verified · unknown");
  for (const observation of ["unknown", "failing"] as const) {
    expect(tag({ observation, status: "resolved" })).not.toContain("text-proven");
  }
  expect(words({ observation: "failing", status: "awaiting_verification", comebacks: 0 })).toBe(
    "Awaiting verification",
  );
  expect(words({ observation: "failing", status: "reopened", episode: 3, comebacks: 2 })).toBe(
    "Reopened, episode 3",
  );
});

it("draws in a list what is proven apart from what passes", () => {
  const drawn = (["resolved", "awaiting_verification", "open"] as const).map(
    (status) => standingLook(status, "passing", "VERIFIED").text,
  );
  expect(drawn).toEqual(["Verified", "Awaiting verification", "Passing"]);
  expect(standingLook("resolved", "failing", null).text).toBe("Failing");
  expect(standingLook("resolved", "unknown", null).text).toBe("Unknown");
});

it("draws an inferred pass and one that waits in shapes, words and colors of their own", () => {
  const drawn = (["VERIFIED", "INFERRED", "PENDING", null] as const).map((assurance) =>
    observationLook("passing", assurance),
  );
  expect(drawn.map(({ text }) => text)).toEqual(["Passing", "Inferred pass", "Passing, waiting", "Passing"]);
  expect(new Set(drawn.map(({ glyph }) => glyph)).size).toBe(3);
  expect(observationLook("unknown", "INFERRED").glyph).toBe("could-not-read");
});
