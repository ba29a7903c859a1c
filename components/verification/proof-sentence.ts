import type { SentencePart } from "@/lib/checks/description";
import type { FindingView } from "@/lib/findings/finding-view";
import { count, plural } from "@/lib/text";
import type { VerificationView } from "@/lib/verification/verification-view";
import { countStates } from "./proof-counts";

type Told = Pick<FindingView, "status" | "observation" | "episode" | "episodes" | "triage">;

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/**
 * What the page says first of a finding that is being proven, or was: the verdict of the check says nothing of that.
 * Null where the verdict is what matters.
 */
export function proofSentence(
  finding: Told,
  verification: VerificationView | null,
): readonly SentencePart[] | null {
  const { status, observation } = finding;
  if (status === "resolved") return observation === "failing" ? null : verified(finding, verification);
  if (status !== "awaiting_verification" || verification === null) return null;
  if (verification.status === "running") return running(finding, verification);
  return verification.status === "inconclusive" ? inconclusive(finding, verification) : null;
}

function verified(
  { episode, episodes }: Told,
  verification: VerificationView | null,
): readonly SentencePart[] | null {
  const passed = verification?.status === "passed" ? verification : null;
  const at = passed?.finishedAt ?? episodes.find(({ number }) => number === episode)?.verifiedAt;
  if (!at) return null;
  const when = `Verified ${day.format(Date.parse(at))}`;
  if (passed === null) return [{ text: when, tone: "proven" }, { text: "." }];
  const { passed: delivered, exempt, all } = countStates(passed.keyB);
  if (all === 0) return [{ text: when, tone: "proven" }, { text: ", by two readings of AWS." }];
  const regions =
    exempt === 0
      ? `all ${count(all, "Region")} delivered`
      : `${delivered} of ${count(all, "Region")} delivered`;
  return [
    { text: `${when}, ` },
    { text: regions, tone: "proven" },
    { text: exempt === 0 ? "." : `; ${exempt} closed by policy.` },
    ...(passed.inheritance.state === "passed" ? [{ text: " The next Region you enable inherits it." }] : []),
  ];
}

function running(finding: Told, { keyA, keyB, trigger }: VerificationView): readonly SentencePart[] {
  // Nobody waits for it, and whoever looks at what a scan changed should not see the page move.
  if (trigger === "unclaimed_pass") {
    return [{ text: "It passes. " }, { text: "We are looking for the proof.", tone: "wait" }];
  }
  const lead = { text: leadOf(finding, trigger) };
  if (keyA.state === "waiting") return [lead, { text: "We are reading the account.", tone: "wait" }];
  const { waiting, all } = countStates(keyB);
  const left =
    all === 0
      ? "a second reading follows."
      : waiting === 0
        ? "all Regions have answered."
        : `waiting for events from ${count(waiting, "Region")}.`;
  return [
    lead,
    { text: `${keyA.state === "passed" ? "Key A turned" : "Key A did not turn"}; ${left}`, tone: "wait" },
  ];
}

function inconclusive(finding: Told, { keyA, keyB, trigger }: VerificationView): readonly SentencePart[] {
  const lead = { text: leadOf(finding, trigger) };
  const { passed, exempt, all } = countStates(keyB);
  if (all === 0) return [lead, { text: "It could not be proven yet.", tone: "wait" }];
  const unread = countStates(keyA).inconclusive;
  const open = Math.max(all - passed - exempt, unread);
  return [
    { text: `${lead.text}${passed} of ${count(all, "Region")} ${plural(passed, "is", "are")} proven; ` },
    { text: `${open} could not be proven yet.`, tone: "wait" },
  ];
}

/** Who says that it is fixed. */
function leadOf({ triage }: Told, trigger: VerificationView["trigger"]): string {
  if (trigger === "unclaimed_pass") return "It passes, and nobody has claimed it fixed. ";
  return triage.claim === null ? "" : `${triage.claim.by} says this is fixed. `;
}
