import { RotateCw } from "lucide-react";
import { Glyph, type GlyphName } from "@/components/coverage/glyph";
import { Tag, type Tone } from "@/components/ui/tag";
import type { Assurance } from "@/lib/checks/evaluation";
import { type FindingStatus, type Observation, observationLabels } from "@/lib/findings/lifecycle/states";
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

/** What is proven, and what awaits proof, looks like no pass that a scan saw. */
const ofStatus = {
  resolved: { glyph: "proven", color: "text-proven", tone: "proven", text: "Verified" },
  awaiting_verification: {
    glyph: "pending",
    color: "text-wait",
    tone: "wait",
    text: "Awaiting verification",
  },
} as const satisfies Partial<Record<FindingStatus, Look>>;

/** How a finding that does not fail is drawn: as what its status says, where that says more than the last scan. */
export function standingLook(
  status: FindingStatus,
  observation: Observation,
  assurance: Assurance | null,
): Look {
  if (observation === "failing") return looks.failing;
  if (status === "resolved" && observation === "passing") return ofStatus.resolved;
  return status === "awaiting_verification" ? ofStatus[status] : observationLook(observation, assurance);
}

/** What the last evaluation said, or what was proven since: glyph, word, color. */
export function ObservationMark({
  observation,
  assurance,
  status = "none",
}: {
  readonly observation: Observation;
  readonly assurance: Assurance | null;
  readonly status?: FindingStatus;
}) {
  const { glyph, color, text } = standingLook(status, observation, assurance);
  return (
    <span className={`mark ${color}`}>
      <Glyph name={glyph} />
      {text}
    </span>
  );
}

/**
 * The same as a tag: with what a pass is not sure of (`passNote`), that one of an open finding is not proven, and that
 * a failing one came back, or was reopened after it had been proven.
 */
export function ObservationTag({
  observation,
  assurance = null,
  note = "",
  comebacks = 0,
  episode = 0,
  status = "none",
}: {
  readonly observation: Observation;
  readonly assurance?: Assurance | null;
  readonly note?: string;
  readonly comebacks?: number;
  /** Number of the episode that goes on. */
  readonly episode?: number;
  readonly status?: FindingStatus;
}) {
  if (observation === "failing" && (status === "reopened" || comebacks > 0)) {
    return (
      <Tag tone="blind">
        <RotateCw size={14} strokeWidth={2} aria-hidden="true" />
        {status === "reopened" ? `Reopened, episode ${episode}` : `Came back${comebackWords(comebacks)}`}
      </Tag>
    );
  }
  if (status === "resolved" || status === "awaiting_verification") {
    const { glyph, tone, text } = ofStatus[status];
    // Proven once: what could not be read since is said beside it, and what fails is no longer said to be proven.
    const now = observation === "passing" ? note : observationLabels[observation].toLowerCase();
    const isShaken = status === "resolved" && observation !== "passing";
    return (
      <Tag tone={isShaken ? (observation === "failing" ? "blind" : "wait") : tone}>
        <Glyph name={isShaken ? observationLook(observation, null).glyph : glyph} size={14} />
        {text}
        {status === "resolved" && now !== "" ? ` · ${now}` : ""}
      </Tag>
    );
  }
  const { glyph, tone } = observationLook(observation, assurance);
  const isUnproven = observation === "passing" && status !== "none";
  const look = isUnproven && tone === "proven" ? "pending" : glyph;
  return (
    <Tag tone={note === "" && !isUnproven ? tone : "wait"}>
      <Glyph name={look} size={14} />
      {observationLabels[observation]}
      {note !== "" ? ` · ${note}` : isUnproven ? ", not proven" : ""}
    </Tag>
  );
}
