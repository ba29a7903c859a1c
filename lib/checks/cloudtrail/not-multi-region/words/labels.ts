import type { CheckLabels } from "@/lib/checks/check";
import type { Action, Advisory, Reason } from "@/lib/checks/cloudtrail/not-multi-region/rules/reasons";

const reasons: Readonly<Record<Reason, string>> = {
  COVERED: "Covered by a multi-Region trail",
  COVERED_BY_ORG_TRAIL: "Covered by the organization trail",
  COVERED_BY_UNION: "Covered by several trails together",
  COVERED_PENDING: "Covered, first delivery outstanding",
  EVENT_SELECTORS_UNREADABLE: "Event selectors could not be read",
  LAKE_ONLY: "No trail, only an event data store",
  MULTI_REGION_DELIVERY_FAILING: "Delivery to the log bucket fails",
  MULTI_REGION_DELIVERY_STALE: "Delivery has gone quiet",
  MULTI_REGION_EXCLUDES_SOURCES: "The trail leaves out event sources",
  MULTI_REGION_LOGGING_STOPPED: "Logging is stopped",
  MULTI_REGION_NEVER_DELIVERED: "Nothing was ever delivered",
  MULTI_REGION_NO_MANAGEMENT_EVENTS: "The trail logs no management events",
  MULTI_REGION_READ_ONLY: "Write events are not logged",
  MULTI_REGION_REGION_GAP: "The multi-Region trail leaves out Regions",
  MULTI_REGION_WRITE_ONLY: "Read events are not logged",
  NO_TRAIL: "CloudTrail has no trail",
  ORG_TRAIL_HOME_REGION_NOT_ENABLED: "The organization trail's home Region is not enabled",
  ROLE_NOT_ASSUMABLE: "The role could not be assumed",
  SINGLE_REGION_ONLY: "Only single-Region trails",
  SINGLE_REGION_TRAILS_COVER_ALL: "Every Region has its own trail",
  THROTTLED: "AWS throttled the scan",
  TRAILS_UNREADABLE: "Trails could not be listed",
  TRAIL_STATUS_UNREADABLE: "Trail status could not be read",
};

const actions: Readonly<Record<Action, string>> = {
  CONNECT_ORG_ACCOUNT: "Connect the organization's account",
  CONVERT_TRAIL: "Convert one trail",
  CREATE_MULTI_REGION_TRAIL: "Create a multi-Region trail",
  ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL: "Enable the home Region or move the organization trail",
  FIX_CONNECTION: "Repair the connection",
  FIX_DELIVERY: "Repair delivery",
  FIX_EVENT_SELECTORS: "Log all management events",
  FIX_ORG_TRAIL: "Repair the organization trail",
  FIX_SCAN_PERMISSIONS: "Grant the missing permission",
  FIX_VIA_CONTROL_TOWER: "Repair through Control Tower",
  NONE: "Nothing to change",
  REAPPLY_MULTI_REGION: "Apply the multi-Region setting again",
  RETRY: "Scan again",
  START_LOGGING: "Start logging",
};

const advisories: Readonly<Record<Advisory, string>> = {
  AWS_CONTROLS_WANT_ONE_TRAIL: "AWS's own controls want one trail",
  CLOUDWATCH_LOGS_DELIVERY_ERROR: "CloudWatch Logs delivery fails",
  COMPENSATED_BY_LAKE: "An event data store keeps the events",
  CONNECT_MANAGEMENT_ACCOUNT: "Management account not connected",
  CONVERSION_EXTENDS_CLOUDWATCH_LOGS: "CloudWatch Logs extends to all Regions",
  CONVERSION_EXTENDS_DATA_EVENTS: "Data events extend to all Regions",
  DIGEST_DELIVERY_ERROR: "Digest delivery fails",
  DUPLICATE_MANAGEMENT_COPY: "Management events are copied twice",
  GLOBAL_SERVICE_EVENTS_NOT_CAPTURED: "IAM, STS and CloudFront events are not logged",
  HOME_REGION_IS_OPT_IN: "Home Region can be switched off",
  LAKE_NOT_CHECKED: "Event data stores not checked",
  NO_MANAGEMENT_EVENTS: "The trail logs no management events",
  NO_RECENT_DELIVERY: "No recent delivery to prove it",
  ORG_CONTEXT_UNKNOWN: "Organization not readable",
  REGION_DENIED_BY_SCP: "Regions closed to the scan",
  REGION_LIST_UNAVAILABLE: "Region list not readable",
  SCANNER_TOKEN_OR_REGION_STATE: "An opt-in Region refused the session",
  SERVICE_LINKED_CHANNEL_PRESENT: "CloudWatch receives events directly",
  SNS_NOTIFICATION_ERROR: "SNS notification fails",
  STOPPED_TRAIL_PRESENT: "A stopped trail is left over",
  TRAIL_NOT_LOGGING: "The trail is stopped",
  TRAIL_QUOTA_REACHED: "Trail quota reached",
  UNRECOGNISED_SELECTOR_FIELD: "Selector not understood",
};

/** Titles of this check's own words. */
export const labels: CheckLabels = { reasons, actions, advisories };
