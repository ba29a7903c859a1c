// Writes components/coverage/dot-map-path.ts: one SVG path of hex-packed dots, land only. Run by hand when the
// projection or the spacing changes: `node scripts/make-dot-map.mjs`. The output is committed; the product carries
// no map library and no geography.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import "./ready.mjs";

const { geoContains, geoNaturalEarth1 } = await import("d3-geo");
const { feature } = await import("topojson-client");

const require = createRequire(import.meta.url);
const topology = JSON.parse(readFileSync(require.resolve("world-atlas/land-110m.json"), "utf8"));
const land = feature(topology, topology.objects.land);

// The same numbers are in components/coverage/projection.ts.
const projection = geoNaturalEarth1().scale(165).translate([480, 235]);
const step = 8;
const top = 24;
const bottom = 368;

let path = "";
let dots = 0;
for (let y = top; y <= bottom; y += step) {
  const shift = (y / step) % 2 === 0 ? 0 : step / 2;
  let last;
  for (let x = 56 + shift; x <= 924; x += step) {
    const place = projection.invert([x, y]);
    if (!place || Math.abs(place[0]) > 180 || place[1] < -58) continue;
    const back = projection(place);
    if (!back || Math.hypot(back[0] - x, back[1] - y) > 0.5 || !geoContains(land, place)) continue;
    path += last === undefined ? `M${x} ${y}h0` : `m${x - last} 0h0`;
    last = x;
    dots += 1;
  }
}

writeFileSync(
  new URL("../components/coverage/dot-map-path.ts", import.meta.url),
  `/** ${dots} dots of land. Made by scripts/make-dot-map.mjs; do not edit. */\nexport const landPath =\n  "${path}";\n`,
);
// The same dots in the sprite, for pages: components/coverage/glyphs.test.ts compares the two.
const sprite = new URL("../components/coverage/glyphs.svg", import.meta.url);
const before = readFileSync(sprite, "utf8");
writeFileSync(sprite, before.replace(/(<symbol id="land"[^>]*><path d=")[^"]*/, `$1${path}`));
process.stdout.write(`${dots} dots, ${path.length} characters\n`);
