import { cloudTrailTraits, eventSelectorTraits } from "./cloudtrail-traits";
import type { FactTraits } from "./fact-trait";
import type { FactName } from "./facts";
import { regionsTraits } from "./regions-traits";

export const factTraits: { readonly [N in FactName]?: FactTraits<N> } = {
  regions: regionsTraits,
  "cloudtrail.trails": cloudTrailTraits,
  "cloudtrail.event_selectors": eventSelectorTraits,
};
