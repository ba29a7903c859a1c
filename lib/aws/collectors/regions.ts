import { DescribeRegionsCommand, type Region } from "@aws-sdk/client-ec2";
import type { Collector } from "@/lib/aws/collector";
import { isRegionOf } from "@/lib/aws/partitions";
import type { OptInStatus, Partition, RegionFact } from "@/lib/checks/facts/facts";
import { primaryRegion } from "@/lib/checks/regions";

const optInStatuses: readonly string[] = ["opt-in-not-required", "opted-in", "not-opted-in"];

/** All Regions of the account's partition, those not enabled included. */
export const regionsCollector: Collector<"regions"> = {
  fact: "regions",
  collect({ account, call }) {
    const region = primaryRegion(account.partition);
    return call({
      api: "ec2:DescribeRegions",
      region,
      send: (clients, options) =>
        clients.ec2(region).send(new DescribeRegionsCommand({ AllRegions: true }), options),
      parse: ({ Regions }) => regionFacts(Regions, account.partition),
    });
  },
};

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
