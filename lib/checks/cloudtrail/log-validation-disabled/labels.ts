import type { CheckLabels } from "@/lib/checks/check";
import type { Action, Advisory } from "./evaluate";
import type { Reason } from "./judge";

const reasons: Readonly<Record<Reason, string>> = {
  VALIDATION_ON: "Log file validation is on",
  VALIDATION_OFF: "Log file validation is off",
  NO_TRAIL_TO_JUDGE: "No trail that logs",
  TRAILS_UNREADABLE: "Trails could not be listed",
  TRAIL_STATUS_UNREADABLE: "Trail status could not be read",
  ROLE_NOT_ASSUMABLE: "The role could not be assumed",
};

const actions: Readonly<Record<Action, string>> = {
  ENABLE_LOG_FILE_VALIDATION: "Enable log file validation",
  FIX_ORG_TRAIL: "Repair the organization trail",
  FIX_CONNECTION: "Repair the connection",
  FIX_SCAN_PERMISSIONS: "Grant the missing permission",
  HAVE_A_TRAIL_FIRST: "Have a trail that logs first",
  NONE: "Nothing to change",
  RETRY: "Scan again",
};

const advisories: Readonly<Record<Advisory, string>> = {
  DIGEST_DELIVERY_ERROR: "Digest delivery fails",
  FURTHER_TRAILS_WITHOUT_VALIDATION: "Further trails have validation off",
  REGION_LIST_UNAVAILABLE: "Region list not readable",
  STOPPED_TRAIL_WITHOUT_VALIDATION: "A stopped trail has validation off",
};

/** Titles of this check's own words. */
export const labels: CheckLabels = { reasons, actions, advisories };
