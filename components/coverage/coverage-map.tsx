import { knownRegions, regionInfo } from "@/lib/checks/regions";
import { type GlyphName, shapeHref } from "./glyph";
import { type MapPoint, mapViewBox, project, spread } from "./projection";

export interface MapMarker {
  readonly name: string;
  readonly glyph: GlyphName;
  /** It has changed: a dashed ring. */
  readonly hasRing?: boolean;
}

/** Fixed places per partition, so that a Region keeps its place whatever else is shown. */
const placesByPartition = new Map<string, ReadonlyMap<string, MapPoint>>();

function placesOf(partition: string): ReadonlyMap<string, MapPoint> {
  const known = placesByPartition.get(partition);
  if (known) return known;
  const names: string[] = [];
  const points: MapPoint[] = [];
  for (const region of knownRegions) {
    if (region.partition !== partition || region.latitude === null || region.longitude === null) continue;
    names.push(region.name);
    points.push(project(region.latitude, region.longitude));
  }
  const places = new Map(spread(points, 16).map((point, index) => [names[index] ?? "", point]));
  placesByPartition.set(partition, places);
  return places;
}

/** The place of a Region on the map; undefined when it is not known. */
function placeOf(name: string): MapPoint | undefined {
  const { partition } = regionInfo(name);
  return partition === null ? undefined : placesOf(partition).get(name);
}

/** Quiet states first, so that what matters is drawn on top. */
const order: readonly GlyphName[] = [
  "waiting",
  "not-enabled",
  "could-not-read",
  "logged",
  "own-trail",
  "accepted",
];

function rank(glyph: GlyphName): number {
  const place = order.indexOf(glyph);
  return place === -1 ? order.length : place;
}

function circle(x: number, y: number, radius: number): string {
  return `M${Math.round(x - radius)} ${Math.round(y)}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`;
}

/** The glance: dots for land and one glyph per Region. The grid beside it says everything in words. */
export function CoverageMap({
  markers,
  live = false,
  size = 20,
}: {
  readonly markers: readonly MapMarker[];
  /** Of a glyph, in the map's own units: a small map has them larger. */
  readonly size?: number;
  /** Regions that change their state fade in. */
  readonly live?: boolean;
}) {
  const drawn = [...markers].sort((a, b) => rank(a.glyph) - rank(b.glyph));
  const rings = drawn.flatMap(({ name, hasRing }) => (hasRing ? (placeOf(name) ?? []) : []));
  const { x, y, width, height } = mapViewBox;
  return (
    <svg
      viewBox={`${x} ${y} ${width} ${height}`}
      aria-hidden="true"
      className="block h-auto w-full"
      style={{ aspectRatio: `${width} / ${height}` }}
    >
      <use href={shapeHref("land")} x={x} y={y} width={width} height={height} />
      {drawn.map(({ name, glyph }) => {
        const point = placeOf(name);
        return point ? (
          // The key holds the glyph, so a Region that changes state is drawn as a new one.
          <use
            key={`${name} ${glyph}`}
            href={shapeHref(glyph)}
            x={Math.round((point.x - size / 2) * 10) / 10}
            y={Math.round((point.y - size / 2) * 10) / 10}
            width={size}
            height={size}
            className={live ? "animate-arrive" : undefined}
          />
        ) : null;
      })}
      {rings.length > 0 ? (
        <path className="ring" d={rings.map(({ x, y }) => circle(x, y, size / 2)).join("")} />
      ) : null}
    </svg>
  );
}
