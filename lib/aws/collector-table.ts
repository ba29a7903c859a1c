import type { FactName } from "@/lib/checks/facts/facts";
import type { Collector } from "./collector";
import { accountSummaryCollector } from "./collectors/account-summary";
import { eventDataStoresCollector } from "./collectors/event-data-stores";
import { eventSelectorsCollector } from "./collectors/event-selectors";
import { organizationCollector } from "./collectors/organization";
import { regionsCollector } from "./collectors/regions";
import { trailStatusCollector } from "./collectors/trail-status";
import { trailTagsCollector } from "./collectors/trail-tags";
import { trailsCollector } from "./collectors/trails";

/** One collector per fact: a fact name without one does not compile here. */
export const collectors: { readonly [N in FactName]: Collector<N> } = {
  organization: organizationCollector,
  regions: regionsCollector,
  "cloudtrail.trails": trailsCollector,
  "cloudtrail.trail_status": trailStatusCollector,
  "cloudtrail.event_selectors": eventSelectorsCollector,
  "cloudtrail.event_data_stores": eventDataStoresCollector,
  "cloudtrail.trail_tags": trailTagsCollector,
  "iam.account_summary": accountSummaryCollector,
};
