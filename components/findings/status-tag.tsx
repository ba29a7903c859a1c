import { RotateCw } from "lucide-react";
import { Glyph, type GlyphName } from "@/components/coverage/glyph";
import { Tag, type Tone } from "@/components/ui/tag";
import type { Assurance } from "@/lib/checks/evaluation";
import { type Observation, observationLabels } from "@/lib/findings/lifecycle/states";
import { comebackWords } from "./comeback-words";

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

/**
 * The same as a tag: with what a pass is not sure of (`passNote`), that one of an open finding is not proven, and that
 * a failing one came back.
 */
export function ObservationTag({
  observation,
  assurance = null,
  note = "",
  comebacks = 0,
  isOpen = false,
}: {
  readonly observation: Observation;
  readonly assurance?: Assurance | null;
  readonly note?: string;
  readonly comebacks?: number;
  /** It failed before, and no verification has proven that it does no more. */
  readonly isOpen?: boolean;
}) {
  if (observation === "failing" && comebacks > 0) {
    return (
      <Tag tone="blind">
        <RotateCw size={14} strokeWidth={2} aria-hidden="true" />
        Came back{comebackWords(comebacks)}
      </Tag>
    );
  }
  const { glyph, tone } = observationLook(observation, assurance);
  const isUnproven = observation === "passing" && isOpen;
  const look = isUnproven && tone === "proven" ? "pending" : glyph;
  return (
    <Tag tone={note === "" && !isUnproven ? tone : "wait"}>
      <Glyph name={look} size={14} />
      {observationLabels[observation]}
      {note !== "" ? ` · ${note}` : isUnproven ? ", not proven" : ""}
    </Tag>
  );
}
