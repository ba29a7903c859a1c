import { landPath } from "@/components/coverage/dot-map-path";
import { mapViewBox, project, spread } from "@/components/coverage/projection";
import type { SentencePart } from "@/lib/checks/description";
import type { RegionOutcome } from "@/lib/checks/evaluation";
import { knownRegions } from "@/lib/checks/regions";

/** The light theme's values: an image knows no tokens. */
const colors = {
  paper: "#fbfaf6",
  ink: "#102127",
  quiet: "#606f75",
  land: "#cfcbbd",
  line: "#7d888c",
  blind: "#c1291f",
  wait: "#915b00",
  proven: "#007252",
  brand: "#991f71",
} as const;

/** The preview of a check in links and messages: its coverage picture and its sentence. For an image renderer. */
export function PreviewImage({
  title,
  regions,
  sentence,
}: {
  readonly title: string;
  readonly regions: readonly RegionOutcome[];
  readonly sentence: readonly SentencePart[];
}) {
  const { x, y, width, height } = mapViewBox;
  return (
    <div
      style={{
        display: "flex",
        flexDirection: "column",
        width: "100%",
        height: "100%",
        padding: "40px 56px 44px",
        background: colors.paper,
        color: colors.ink,
        fontFamily: "Newsreader",
      }}
    >
      <div style={{ display: "flex", justifyContent: "space-between", fontSize: 28 }}>
        <div style={{ display: "flex", alignItems: "center", gap: 12 }}>
          <svg width="30" height="30" viewBox="0 0 20 20" aria-hidden="true">
            <circle cx="10" cy="10" r="8.2" fill="none" stroke={colors.ink} strokeWidth="1.6" />
            <path d="M10 1.8a8.2 8.2 0 0 1 7.1 12.3L10 10z" fill={colors.brand} />
          </svg>
          Posturio
        </div>
        <div style={{ color: colors.quiet }}>{title}</div>
      </div>
      <svg
        width="960"
        height={(960 * height) / width}
        viewBox={`${x} ${y} ${width} ${height}`}
        style={{ alignSelf: "center", marginTop: 14 }}
        aria-hidden="true"
      >
        <path d={landPath} fill="none" stroke={colors.land} strokeWidth="3.1" strokeLinecap="round" />
        {placed(regions).map(({ name, detail, point }) => (
          <g key={name} transform={`translate(${point.x} ${point.y})`}>
            {shape(detail)}
          </g>
        ))}
      </svg>
      <div style={{ display: "flex", flexWrap: "wrap", marginTop: "auto", fontSize: 54, lineHeight: 1.15 }}>
        {sentence.flatMap((part) =>
          part.text.split(/(?<= )/).map((word, index) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: words never reorder
              key={`${part.text} ${index}`}
              style={{ whiteSpace: "pre", color: part.tone ? colors[part.tone] : colors.ink }}
            >
              {word}
            </span>
          )),
        )}
      </div>
    </div>
  );
}

function placed(regions: readonly RegionOutcome[]) {
  const known = knownRegions.flatMap(({ name, latitude, longitude }) => {
    const region = regions.find((one) => one.name === name);
    if (region === undefined || latitude === null || longitude === null) return [];
    return [{ name, detail: region.detail, at: project(latitude, longitude) }];
  });
  const points = spread(
    known.map(({ at }) => at),
    16,
  );
  return known.map(({ name, detail, at }, index) => ({ name, detail, point: points[index] ?? at }));
}

/** The glyphs of the map that an example uses; the others share the triangle that asks for attention. */
function shape(detail: RegionOutcome["detail"]) {
  switch (detail) {
    case "logged":
      return <circle r="6.5" fill={colors.proven} />;
    case "logged_by_single_region_trail":
      return (
        <g>
          <circle r="5.6" fill={colors.paper} stroke={colors.proven} strokeWidth="1.8" />
          <path d="M0-5.6a5.6 5.6 0 0 1 0 11.2z" fill={colors.proven} />
        </g>
      );
    case "not_logged":
      return <path d="M0-7L7 0 0 7-7 0z" fill={colors.paper} stroke={colors.blind} strokeWidth="2" />;
    case "not_enabled":
      return <circle r="3.6" fill={colors.paper} stroke={colors.line} strokeWidth="1.3" />;
    default:
      return <path d="M0-7.2L7.3 5.6H-7.3z" fill={colors.wait} />;
  }
}
