import type { Inventory } from "@/lib/checks/cloudtrail/inventory/inventory";
import { isHomeRegionOff } from "@/lib/checks/cloudtrail/inventory/region-view";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { TrailDescription } from "@/lib/checks/facts/cloudtrail";

export interface OrganizationTrails {
  /** Multi-Region organization trails homed in a Region this member has not enabled: it sends them nothing. */
  readonly outOfReach: readonly TrailDescription[];
  /** Multi-Region organization trails that should have a copy here. */
  readonly expected: readonly TrailDescription[];
}

const noTrails: OrganizationTrails = { outOfReach: [], expected: [] };

/** What should be visible in this member account, by the facts of the management account. */
export function organizationTrails(inventory: Inventory, context: EvaluationContext): OrganizationTrails {
  const related = context.relatedEvidence;
  const role = inventory.awsOrganization?.role;
  const isMember = role !== "STANDALONE" && role !== "MANAGEMENT";
  if (related === undefined || !isMember || related.accountId === context.account.id) return noTrails;
  const enabled = inventory.isRegionListRead ? new Set(inventory.regions.map((region) => region.name)) : null;
  const trails = (related.byFact["cloudtrail.trails"] ?? [])
    .map((trail) => trail.description)
    .filter((trail) => trail.isOrganization && trail.isMultiRegion);
  return {
    outOfReach: trails.filter((trail) => isHomeRegionOff(trail.homeRegion, enabled)),
    expected: trails.filter((trail) => !isHomeRegionOff(trail.homeRegion, enabled)),
  };
}
