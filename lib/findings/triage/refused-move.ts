import type { z } from "zod";
import { AppError } from "@/lib/errors";
import type { MoveFacts } from "@/lib/findings/lifecycle/guards";
import { allowedMoves, type Refusal } from "@/lib/findings/lifecycle/transition";
import type { LockedFinding } from "./lock-finding";
import type { findingMove } from "./triage-input";

/** What a move of this finding is checked against. */
export function moveFacts(
  finding: LockedFinding,
  move: Omit<z.output<typeof findingMove>, "key" | "version" | "to">,
): MoveFacts {
  return {
    hasOwner: finding.ownerId !== null || move.ownerId !== undefined,
    isAccountReadable: finding.accountStatus === "connected",
    episode: finding.episode,
    reason: move.reason ?? null,
    guardrail: move.guardrail ?? null,
    guardrailWaiver: move.guardrailWaiver ?? null,
  };
}

/** The lifecycle's refusal as an error, with what can be asked for instead or what is missing. */
export function refusedMove(refusal: Refusal, finding: LockedFinding, facts: MoveFacts): AppError {
  switch (refusal.code) {
    case "guard_unmet":
      return new AppError("guard_unmet", refusal.reason, {
        guards: refusal.guards,
        fields: Object.fromEntries(
          refusal.guards.flatMap(({ needs: [field], message }) => (field ? [[field, message]] : [])),
        ),
      });
    case "transition_not_allowed":
      return new AppError("transition_not_allowed", refusal.reason, {
        allowed: allowedMoves(finding.status, facts).map(({ to }) => to),
      });
    case "verification_required":
      return new AppError("verification_required", refusal.reason);
  }
}
