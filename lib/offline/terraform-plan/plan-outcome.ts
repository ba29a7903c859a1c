/** What a deploy of the plan would do to multi-Region coverage. */
export type PlanOutcome = "covers" | "breaks" | "creates_gap" | "leaves_gap" | "unknown";

/** The worst outcome of any account decides. */
export const worstFirst: readonly PlanOutcome[] = [
  "breaks",
  "creates_gap",
  "leaves_gap",
  "unknown",
  "covers",
];

/** 0 covers, 1 fails, 2 cannot say: for pipelines. */
export const exitCodeOf: Readonly<Record<PlanOutcome, 0 | 1 | 2>> = {
  covers: 0,
  breaks: 1,
  creates_gap: 1,
  leaves_gap: 1,
  unknown: 2,
};
