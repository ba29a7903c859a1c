import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { severities } from "@/lib/checks/words";
import { landPath } from "./dot-map-path";
import { mapViewBox } from "./projection";

const sprite = readFileSync(new URL("./glyphs.svg", import.meta.url), "utf8");

test("the sprite has the land that the preview picture has, in the map's own units", () => {
  const { x, y, width, height } = mapViewBox;
  expect(sprite).toContain(`<symbol id="land" viewBox="${x} ${y} ${width} ${height}"><path d="${landPath}"`);
});

test("the sprite has bars for every severity", () => {
  for (const severity of severities.values) expect(sprite).toContain(`<symbol id="${severity}"`);
});
