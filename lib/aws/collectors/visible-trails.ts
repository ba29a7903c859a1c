import type { TrailDescription } from "@/lib/checks/facts/cloudtrail";
import type { Gathering } from "./collector";
import { enabledRegions } from "./enabled-regions";

export interface VisibleTrail {
  readonly trail: TrailDescription;
  /** Enabled Regions whose list shows it, as home or shadow. */
  readonly visibleIn: readonly string[];
  /** False when the home Region is not enabled here: it would refuse our token. */
  readonly homeIsEnabled: boolean;
}

/** Every trail seen in any Region, once: names are unique per Region only, so the ARN tells them apart. */
export async function visibleTrails(gathering: Gathering): Promise<readonly VisibleTrail[]> {
  const [regions, trails] = await Promise.all([
    enabledRegions(gathering),
    gathering.need("cloudtrail.trails"),
  ]);
  const seen = new Map<string, { trail: TrailDescription; visibleIn: string[] }>();
  for (const [region, reading] of Object.entries(trails)) {
    if (!reading.ok) continue;
    for (const trail of reading.value) {
      const known = seen.get(trail.arn);
      if (known) known.visibleIn.push(region);
      else seen.set(trail.arn, { trail, visibleIn: [region] });
    }
  }
  return [...seen.values()].map((entry) => ({
    ...entry,
    homeIsEnabled: regions.includes(entry.trail.homeRegion),
  }));
}
