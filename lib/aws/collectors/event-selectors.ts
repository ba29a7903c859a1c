import { GetEventSelectorsCommand } from "@aws-sdk/client-cloudtrail";
import { cloudTrail } from "@/lib/aws/wire/services/cloudtrail";
import type { EventSelectors } from "@/lib/checks/facts/cloudtrail";
import type { Reading } from "@/lib/checks/facts/reading";
import { primaryRegion } from "@/lib/checks/regions";
import type { Collector, Gathering } from "./collector";
import { enabledRegions } from "./enabled-regions";
import { advancedSelector, basicSelector } from "./selectors";
import { firstTrails } from "./trails";
import { type VisibleTrail, visibleTrails } from "./visible-trails";

/**
 * What each trail logs, asked by ARN in its home Region, and in one other Region when home gives no answer. Trails
 * that the primary Region shows are asked while the other Regions still list theirs.
 */
export const eventSelectorsCollector: Collector<"cloudtrail.event_selectors"> = {
  fact: "cloudtrail.event_selectors",
  async collect(gathering) {
    const early = await askEarly(gathering);
    const trails = await visibleTrails(gathering);
    const selectors = await Promise.all(
      trails.map(async (seen) => [seen.trail.arn, await selectorsOf(gathering, seen, early)] as const),
    );
    await Promise.all(early.values());
    return Object.fromEntries(selectors);
  },
};

type Early = ReadonlyMap<string, Promise<Reading<EventSelectors>>>;

/** The first Region to ask is known before all lists are: home, or the primary Region where home is not enabled. */
async function askEarly(gathering: Gathering): Promise<Early> {
  const [regions, first] = await Promise.all([enabledRegions(gathering), firstTrails(gathering)]);
  const primary = primaryRegion(gathering.account.partition);
  if (!first.ok || !regions.includes(primary)) return new Map();
  return new Map(
    first.value.map(({ arn, homeRegion }) => [
      arn,
      getEventSelectors(gathering, arn, regions.includes(homeRegion) ? homeRegion : primary),
    ]),
  );
}

async function selectorsOf(
  gathering: Gathering,
  { trail, visibleIn, homeIsEnabled }: VisibleTrail,
  early: Early,
): Promise<Reading<EventSelectors>> {
  const home = homeIsEnabled ? [trail.homeRegion] : [];
  const [first = trail.homeRegion, second] = [
    ...home,
    ...visibleIn.filter((name) => name !== trail.homeRegion),
  ];
  const answer = await (early.get(trail.arn) ?? getEventSelectors(gathering, trail.arn, first));
  /** An ARN of another account is refused everywhere alike. */
  if (answer.ok || answer.failure.kind === "arn_invalid" || second === undefined) return answer;
  const other = await getEventSelectors(gathering, trail.arn, second);
  return other.ok ? other : answer;
}

function getEventSelectors(
  { call }: Gathering,
  arn: string,
  region: string,
): Promise<Reading<EventSelectors>> {
  return call({
    service: cloudTrail,
    api: "cloudtrail:GetEventSelectors",
    region,
    target: arn,
    send: (client, options) => client.send(new GetEventSelectorsCommand({ TrailName: arn }), options),
    parse: ({ TrailARN, EventSelectors: basic, AdvancedEventSelectors: advanced }) =>
      TrailARN || basic || advanced
        ? { basic: (basic ?? []).map(basicSelector), advanced: (advanced ?? []).map(advancedSelector) }
        : undefined,
  });
}
