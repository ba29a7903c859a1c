import type { ProbeError } from "./messages";

/** In the order of the test. */
export const probeStepIds = [
  "role_assumed",
  "refused_without_external_id",
  "refused_with_wrong_external_id",
  "account_confirmed",
  "regions_readable",
  "trails_readable",
] as const;
export type ProbeStepId = (typeof probeStepIds)[number];

export const probeStepStates = ["waiting", "running", "passed", "failed", "skipped"] as const;

/** One line of the live checklist. */
export interface ProbeStep {
  readonly id: ProbeStepId;
  readonly title: string;
  readonly state: (typeof probeStepStates)[number];
  readonly at: string | null;
  /** AWS request id of the deciding call: the customer finds the call by it in CloudTrail. */
  readonly requestId: string | null;
  readonly result: string | null;
  readonly error: ProbeError | null;
}

const titles: Readonly<Record<ProbeStepId, string>> = {
  role_assumed: "Role assumed",
  refused_without_external_id: "Refused without the external id",
  refused_with_wrong_external_id: "Refused with a wrong external id",
  account_confirmed: "Account confirmed",
  regions_readable: "Regions readable",
  trails_readable: "Trails readable",
};

/** The checklist before the test has begun, in the order of the test. */
export function waitingSteps(): readonly ProbeStep[] {
  const none = { state: "waiting", at: null, requestId: null, result: null, error: null } as const;
  return probeStepIds.map((id) => ({ id, title: titles[id], ...none }));
}

/** The checklist of one running test. Reports each change to `onStep`. */
export class Checklist {
  #steps = waitingSteps();
  readonly #onStep: (step: ProbeStep) => void;

  constructor(onStep: (step: ProbeStep) => void) {
    this.#onStep = onStep;
  }

  get steps(): readonly ProbeStep[] {
    return this.#steps;
  }

  start(id: ProbeStepId): void {
    this.#set(id, { state: "running" });
  }

  /** Says what a running step is waiting for. */
  note(id: ProbeStepId, result: string): void {
    this.#set(id, { state: "running", result });
  }

  pass(id: ProbeStepId, result: string, requestId: string | undefined): void {
    this.#set(id, { state: "passed", result, requestId: requestId ?? null });
  }

  fail(id: ProbeStepId, error: ProbeError, requestId?: string): void {
    this.#set(id, { state: "failed", result: null, error, requestId: requestId ?? null });
  }

  /** After a failure the rest is not tried. */
  skipWaiting(): void {
    for (const { id, state } of this.#steps) if (state === "waiting") this.#set(id, { state: "skipped" });
  }

  #set(id: ProbeStepId, change: Partial<ProbeStep>): void {
    const at = new Date().toISOString();
    this.#steps = this.#steps.map((step) => (step.id === id ? { ...step, ...change, at } : step));
    const changed = this.#steps.find((step) => step.id === id);
    if (changed) this.#onStep(changed);
  }
}
