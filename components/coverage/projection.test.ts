import { geoNaturalEarth1 } from "d3-geo";
import { describe, expect, it } from "vitest";
import { project, spread } from "./projection";

describe("project", () => {
  it("puts a place where the library that drew the land would put it", () => {
    const reference = geoNaturalEarth1().scale(165).translate([480, 235]);
    for (const [latitude, longitude] of [
      [0, 0],
      [38.9, -77.5],
      [-33.9, 151.2],
      [59.3, 18.1],
      [1.35, 103.8],
    ] as const) {
      const expected = reference([longitude, latitude]);
      const point = project(latitude, longitude);
      expect(point.x).toBeCloseTo(expected?.[0] ?? Number.NaN, 1);
      expect(point.y).toBeCloseTo(expected?.[1] ?? Number.NaN, 1);
    }
  });
});

describe("spread", () => {
  it("leaves points that are far enough apart where they are", () => {
    expect(
      spread(
        [
          { x: 0, y: 0 },
          { x: 40, y: 0 },
        ],
        14,
      ),
    ).toEqual([
      { x: 0, y: 0 },
      { x: 40, y: 0 },
    ]);
  });

  it("parts points that would hide one another, also when they are in the same place", () => {
    const placed = spread(
      [
        { x: 10, y: 10 },
        { x: 10, y: 10 },
        { x: 14, y: 12 },
      ],
      14,
    );
    for (const [a, one] of placed.entries()) {
      for (const two of placed.slice(a + 1)) {
        expect(Math.hypot(one.x - two.x, one.y - two.y)).toBeGreaterThan(13);
      }
    }
  });
});
