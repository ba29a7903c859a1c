import type { Proof, RegionProof } from "./proof";
import type { ProofLevel } from "./verification-states";

/** What the history says of a fix that was proven. */
export function verifiedSentence(proof: Proof, level: ProofLevel): string {
  if (!proof.byDelivery) return "Verified: two readings, some time apart, both pass.";
  const delivered = proof.regions.filter(({ b }) => b.state === "passed").length;
  const closed = proof.regions.filter(({ b }) => b.state === "exempt");
  const what = {
    delivered: "a delivery after our call",
    object: "a new log file",
    content: "our own call in a log file",
  };
  const told = `Verified: the configuration covers every Region, and ${regions(delivered)} showed ${what[level]}.`;
  return closed.length === 0 ? told : `${told} Inferred for ${list(closed)}, which a policy closes to us.`;
}

/** What the history says of a claim that did not hold. */
export function failedSentence(proof: Proof): string {
  const byConfiguration = proof.regions.filter(({ a }) => a.state === "failed");
  if (byConfiguration.length > 0) return `Not fixed: ${list(byConfiguration)} not covered.`;
  const byDelivery = proof.regions.filter(({ b }) => b.state === "failed");
  return byDelivery.length > 0
    ? `Not fixed: nothing is delivered from ${list(byDelivery)}.`
    : "Not fixed: the account still fails.";
}

/** What the history says when nobody could tell. */
export function inconclusiveSentence(proof: Proof): string {
  const unread = proof.regions.filter(({ a }) => a.state === "inconclusive");
  if (unread.length > 0) return `Could not be verified yet: ${list(unread)} could not be read.`;
  const missing = proof.regions.filter(({ b }) => b.state === "inconclusive" || b.state === "waiting");
  if (proof.a === "inconclusive" || missing.length === 0)
    return "Could not be verified yet: the account could not be read.";
  return `Could not be verified yet: no delivery seen from ${list(missing)}.`;
}

function regions(count: number): string {
  return count === 1 ? "1 Region" : `${count} Regions`;
}

const mostNamed = 3;

function list(proofs: readonly RegionProof[]): string {
  const names = proofs.map(({ region }) => region);
  if (names.length <= mostNamed) return names.join(", ");
  return `${names.slice(0, mostNamed).join(", ")} and ${names.length - mostNamed} more`;
}
