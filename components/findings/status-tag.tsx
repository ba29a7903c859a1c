import { Glyph, type GlyphName } from "@/components/coverage/glyph";
import { Tag, type Tone } from "@/components/ui/tag";
import type { Assurance } from "@/lib/checks/evaluation";
import { type Observation, observationLabels } from "@/lib/findings/lifecycle/states";

interface Look {
  readonly glyph: GlyphName;
  readonly color: string;
  readonly tone: Tone;
  readonly text: string;
}

const looks: Readonly<Record<Observation, Look>> = {
  failing: { glyph: "not-logged", color: "text-blind", tone: "blind", text: observationLabels.failing },
  passing: { glyph: "logged", color: "text-proven", tone: "proven", text: observationLabels.passing },
  unknown: { glyph: "could-not-read", color: "text-ink-2", tone: "neutral", text: observationLabels.unknown },
};

/** A pass that is not sure looks like none that is: another shape, another color, another word. */
const unsure: Readonly<Record<Exclude<Assurance, "VERIFIED">, Look>> = {
  INFERRED: { glyph: "inferred", color: "text-wait", tone: "wait", text: "Inferred pass" },
  PENDING: { glyph: "pending", color: "text-wait", tone: "wait", text: "Passing, waiting" },
};

/** How an observation is drawn; `assurance` says how sure a pass is. */
export function observationLook(observation: Observation, assurance: Assurance | null): Look {
  if (observation !== "passing" || assurance === null || assurance === "VERIFIED") return looks[observation];
  return unsure[assurance];
}

/** What the last evaluation said: glyph, word, color. */
export function ObservationMark({
  observation,
  assurance,
}: {
  readonly observation: Observation;
  readonly assurance: Assurance | null;
}) {
  const { glyph, color, text } = observationLook(observation, assurance);
  return (
    <span className={`mark ${color}`}>
      <Glyph name={glyph} />
      {text}
    </span>
  );
}

/** The same as a tag, with how often this has come back, and what a pass is not sure of (`passNote`). */
export function ObservationTag({
  observation,
  assurance = null,
  episode = 1,
  note = "",
}: {
  readonly observation: Observation;
  readonly assurance?: Assurance | null;
  readonly episode?: number;
  readonly note?: string;
}) {
  const { glyph, tone } = observationLook(observation, assurance);
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
