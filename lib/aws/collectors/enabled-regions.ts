import { defaultRegions, primaryRegion } from "@/lib/checks/regions";
import type { Gathering } from "./collector";

/**
 * The Regions to ask: those enabled in the account, the partition's primary Region first. When the list could
 * not be read, the partition's default Regions: they cannot be disabled.
 */
export async function enabledRegions(gathering: Gathering): Promise<readonly string[]> {
  const { partition } = gathering.account;
  const regions = await gathering.need("regions");
  const names = regions.ok
    ? regions.value.filter(({ optInStatus }) => optInStatus !== "not-opted-in").map(({ name }) => name)
    : [...defaultRegions(partition)];
  const primary = primaryRegion(partition);
  return names.includes(primary) ? [primary, ...names.filter((name) => name !== primary)] : names;
}

/** Asks the same question in every Region at once. */
export async function inEveryRegion<T>(
  regions: readonly string[],
  ask: (region: string) => Promise<T>,
): Promise<Record<string, T>> {
  return Object.fromEntries(
    await Promise.all(regions.map(async (region) => [region, await ask(region)] as const)),
  );
}
