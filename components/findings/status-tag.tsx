import { Glyph, type GlyphName } from "@/components/coverage/glyph";
import { Tag, type Tone } from "@/components/ui/tag";
import { type Observation, observationLabels } from "@/lib/findings/lifecycle/states";

interface Look {
  readonly glyph: GlyphName;
  readonly color: string;
  readonly tone: Tone;
}

const looks: Readonly<Record<Observation, Look>> = {
  failing: { glyph: "not-logged", color: "text-blind", tone: "blind" },
  passing: { glyph: "logged", color: "text-proven", tone: "proven" },
  unknown: { glyph: "could-not-read", color: "text-ink-2", tone: "neutral" },
};

/** What the last evaluation said: glyph, word, color. */
export function ObservationMark({ observation }: { readonly observation: Observation }) {
  const { glyph, color } = looks[observation];
  return (
    <span className={`mark ${color}`}>
      <Glyph name={glyph} />
      {observationLabels[observation]}
    </span>
  );
}

/** The same as a tag, with how often this has come back, and what a pass is not sure of (`passNote`). */
export function ObservationTag({
  observation,
  episode = 1,
  note = "",
}: {
  readonly observation: Observation;
  readonly episode?: number;
  readonly note?: string;
}) {
  const { glyph, tone } = looks[observation];
  return (
    <Tag tone={note === "" ? tone : "wait"}>
      <Glyph name={glyph} size={14} />
      {observationLabels[observation]}
      {note === "" ? "" : ` · ${note}`}
      {episode > 1 ? ` · ${ordinal(episode)} time` : ""}
    </Tag>
  );
}

function ordinal(value: number): string {
  const rest = value % 100;
  const ending = rest >= 11 && rest <= 13 ? "th" : (["th", "st", "nd", "rd"][value % 10] ?? "th");
  return `${value}${ending}`;
}
