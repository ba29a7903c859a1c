import type { Facts } from "@/lib/checks/facts/facts";
import type { Setting } from "@/lib/checks/settings";
import { isSet } from "./judge";

/** What the account's summary says of its root user. */
export function rootSettings(facts: Partial<Facts>): readonly Setting[] {
  const summary = facts["iam.account_summary"];
  const root = summary?.ok ? summary.value : {};
  const values = [
    ["MFA", root.accountMfaEnabled, "On", "Off"],
    ["Password", root.accountPasswordPresent, "Set", "None"],
    ["Access keys", root.accountAccessKeysPresent, "Present", "None"],
    ["Signing certificates", root.accountSigningCertificatesPresent, "Present", "None"],
  ] as const;
  return values.map(([attribute, count, set, none]) => ({
    of: "The root user",
    id: "root",
    attribute,
    value: count === undefined ? null : isSet(count) ? set : none,
  }));
}
