/** Place on the dot map, in the units of its viewBox. */
export interface MapPoint {
  readonly x: number;
  readonly y: number;
}

// The same numbers are in scripts/make-dot-map.mjs, which draws the land.
const scale = 165;
const center = { x: 480, y: 235 };

/** What of the projected world is shown: no poles, no empty ocean at the edges. */
export const mapViewBox = { x: 60, y: 22, width: 860, height: 346 } as const;

/**
 * The Natural Earth projection as a polynomial (T. Patterson, B. Jenny, 2011), so that markers need no map library.
 * Degrees in, map units out.
 */
export function project(latitude: number, longitude: number): MapPoint {
  const phi = (latitude * Math.PI) / 180;
  const lambda = (longitude * Math.PI) / 180;
  const phi2 = phi * phi;
  const phi4 = phi2 * phi2;
  const x =
    lambda * (0.8707 - 0.131979 * phi2 + phi4 * (-0.013791 + phi4 * (0.003971 * phi2 - 0.001529 * phi4)));
  const y = phi * (1.007226 + phi2 * (0.015085 + phi4 * (-0.044475 + 0.028874 * phi2 - 0.005916 * phi4)));
  return { x: center.x + scale * x, y: center.y - scale * y };
}

/**
 * Moves points apart until no two are nearer than `gap`, always the same way for the same input. Some Regions lie a
 * few kilometers from each other and would hide one another.
 */
export function spread(points: readonly MapPoint[], gap: number): MapPoint[] {
  const placed = points.map((point) => ({ ...point }));
  for (let round = 0; round < 60; round += 1) {
    let moved = false;
    for (let a = 0; a < placed.length; a += 1) {
      for (let b = a + 1; b < placed.length; b += 1) {
        const one = placed[a];
        const two = placed[b];
        if (!one || !two) continue;
        const dx = two.x - one.x;
        const dy = two.y - one.y;
        const distance = Math.hypot(dx, dy);
        if (distance >= gap) continue;
        moved = true;
        const push = (gap - distance) / 2 + 0.01;
        // Two points in the same place part sideways.
        const ux = distance < 0.01 ? 1 : dx / distance;
        const uy = distance < 0.01 ? 0 : dy / distance;
        one.x -= ux * push;
        one.y -= uy * push;
        two.x += ux * push;
        two.y += uy * push;
      }
    }
    if (!moved) break;
  }
  return placed.map((point) => ({ x: Math.round(point.x * 10) / 10, y: Math.round(point.y * 10) / 10 }));
}
