import { DescribeRegionsCommand, type Region } from "@aws-sdk/client-ec2";
import { isRegionOf } from "@/lib/aws/partitions";
import { ec2 } from "@/lib/aws/wire/services/ec2";
import type { OptInStatus, Partition, RegionFact } from "@/lib/checks/facts/facts";
import type { Reading } from "@/lib/checks/facts/reading";
import { primaryRegion, standInRegions } from "@/lib/checks/regions";
import type { Collector, Gathering } from "./collector";

const optInStatuses: readonly string[] = ["opt-in-not-required", "opted-in", "not-opted-in"];

/**
 * All Regions of the account's partition, those not enabled included. Any Region answers the same list: where the
 * first is refused or fails, others are asked, for a service control policy often closes us-east-1 alone.
 */
export const regionsCollector: Collector<"regions"> = {
  fact: "regions",
  async collect(gathering) {
    const { partition } = gathering.account;
    const first = await describeRegions(gathering, primaryRegion(partition));
    if (first.ok || first.failure.kind === "deadline") return first;
    const others = await Promise.all(
      standInRegions(partition).map((region) => describeRegions(gathering, region)),
    );
    return others.find(({ ok }) => ok) ?? first;
  },
};

function describeRegions(
  { account, call }: Gathering,
  region: string,
): Promise<Reading<readonly RegionFact[]>> {
  return call({
    service: ec2,
    api: "ec2:DescribeRegions",
    region,
    send: (client, options) => client.send(new DescribeRegionsCommand({ AllRegions: true }), options),
    parse: ({ Regions }) => regionFacts(Regions, account.partition),
  });
}

/** An empty list is no answer: every account has Regions. */
function regionFacts(regions: readonly Region[] | undefined, partition: Partition): RegionFact[] | undefined {
  const facts = (regions ?? []).flatMap(
    ({ RegionName: name, OptInStatus: status = "opt-in-not-required" }) =>
      name && isRegionOf(partition, name) && optInStatuses.includes(status)
        ? [{ name, optInStatus: status as OptInStatus }]
        : [],
  );
  return facts.length > 0 ? facts : undefined;
}
