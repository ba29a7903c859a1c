import type { CheckLabels } from "@/lib/checks/check";
import type { Action, Advisory } from "./evaluate";
import type { Reason } from "./judge";

const reasons: Readonly<Record<Reason, string>> = {
  ROOT_MFA_DISABLED: "The root user has no MFA",
  ROOT_MFA_ENABLED: "The root user has MFA",
  ROOT_HAS_NO_CREDENTIALS: "The root user has no credentials",
  ROOT_CANNOT_SIGN_IN: "The root user cannot sign in to the console",
  ACCOUNT_SUMMARY_UNREADABLE: "The account summary could not be read",
  THROTTLED: "AWS throttled the account summary",
  ROLE_NOT_ASSUMABLE: "The role could not be assumed",
};

const actions: Readonly<Record<Action, string>> = {
  ENABLE_ROOT_MFA: "Enable MFA for the root user",
  FIX_CONNECTION: "Repair the connection",
  FIX_SCAN_PERMISSIONS: "Grant the missing permission",
  NONE: "Nothing to change",
  RETRY: "Scan again",
};

const advisories: Readonly<Record<Advisory, string>> = {
  ROOT_ACCESS_KEYS_PRESENT: "The root user has access keys",
};

/** Titles of this check's own words. */
export const labels: CheckLabels = { reasons, actions, advisories };
