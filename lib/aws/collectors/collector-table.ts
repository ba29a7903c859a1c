import type { FactName } from "@/lib/checks/facts/facts";
import { accountSummaryCollector } from "./account-summary";
import { awsOrganizationCollector } from "./aws-organization";
import type { Collector } from "./collector";
import { eventDataStoresCollector } from "./event-data-stores";
import { eventSelectorsCollector } from "./event-selectors";
import { regionsCollector } from "./regions";
import { trailStatusCollector } from "./trail-status";
import { trailTagsCollector } from "./trail-tags";
import { trailsCollector } from "./trails";

/** One collector per fact: a fact name without one does not compile here. */
export const collectors: { readonly [N in FactName]: Collector<N> } = {
  organization: awsOrganizationCollector,
  regions: regionsCollector,
  "cloudtrail.trails": trailsCollector,
  "cloudtrail.trail_status": trailStatusCollector,
  "cloudtrail.event_selectors": eventSelectorsCollector,
  "cloudtrail.event_data_stores": eventDataStoresCollector,
  "cloudtrail.trail_tags": trailTagsCollector,
  "iam.account_summary": accountSummaryCollector,
};
