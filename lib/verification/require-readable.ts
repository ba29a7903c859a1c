import { unmetGuards } from "@/lib/findings/lifecycle/guards";
import type { LockedFinding } from "@/lib/findings/triage/lock-finding";
import { moveFacts, refusedMove } from "@/lib/findings/triage/refused-move";

/** Throws guard_unmet while the finding's account cannot be read, as a claim would: a fix could not be seen. */
export function requireReadable(finding: LockedFinding): void {
  const facts = moveFacts(finding, {});
  const unmet = unmetGuards(["account_readable"], facts);
  if (unmet.length === 0) return;
  const reason = unmet.map(({ message }) => message).join(" ");
  throw refusedMove({ code: "guard_unmet", reason, guards: unmet }, finding, facts);
}
