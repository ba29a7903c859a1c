import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { ObservationTag } from "./status-tag";

const tag = (properties: Parameters<typeof ObservationTag>[0]) =>
  renderToStaticMarkup(createElement(ObservationTag, properties));

it("says of what a pass is not sure, and is not drawn as a proven one", () => {
  const inferred = tag({ observation: "passing", note: "inferred, 13 Regions closed" });
  expect(inferred.replaceAll(/<[^>]*>/g, "")).toBe("Passing · inferred, 13 Regions closed");
  expect(inferred).not.toContain("proven");
  expect(tag({ observation: "passing" })).toContain("proven");
});
