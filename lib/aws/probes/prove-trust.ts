import type { RecordedCall } from "@/lib/aws/wire/recorded-call";
import type { ProbeInput } from "./probe";
import { openRole } from "./probe-connection";
import { Checklist } from "./steps";

export interface TrustProbeResult {
  /** `undecided`: AWS gave neither a session nor a refusal, or the role does not open for us either. */
  readonly outcome: "shut" | "open" | "undecided";
  /** What to do about an open role, for the page; empty otherwise. */
  readonly text: string;
  readonly calls: readonly RecordedCall[];
}

/** What the failed steps of a connection test mean for a role that is in use. */
const openings: Readonly<Record<string, string>> = {
  trust_open: "AWS hands out a session of this role without the external id",
  trust_wildcard: "AWS hands out a session of this role for any external id",
};

/**
 * Proves again that a connected role opens only with its external id: with it, without it, with a random one. Never
 * throws. Only a session handed out wrongly is `open`; only two refusals are `shut`.
 */
export async function proveTrust(input: Omit<ProbeInput, "onStep">): Promise<TrustProbeResult> {
  const calls: RecordedCall[] = [];
  const checklist = new Checklist(() => {});
  if (await openRole({ ...input, onStep: () => {} }, checklist, calls)) {
    return { outcome: "shut", text: "", calls };
  }
  const code = checklist.steps.find(({ error }) => error !== null)?.error?.code ?? "";
  const opening = openings[code];
  if (opening === undefined) return { outcome: "undecided", text: "", calls };
  const text = `${opening}, so others who use Posturio could read this account. Compare sts:ExternalId with StringEquals and exactly ${input.role.externalId} in the role's trust policy.`;
  return { outcome: "open", text, calls };
}
