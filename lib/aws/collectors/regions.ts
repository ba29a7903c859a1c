import { DescribeRegionsCommand, type Region } from "@aws-sdk/client-ec2";
import { isRegionOf } from "@/lib/aws/partitions";
import { ec2 } from "@/lib/aws/wire/services/ec2";
import type { OptInStatus, Partition, RegionFact } from "@/lib/checks/facts/facts";
import { primaryRegion } from "@/lib/checks/regions";
import type { Collector } from "./collector";

const optInStatuses: readonly string[] = ["opt-in-not-required", "opted-in", "not-opted-in"];

/** All Regions of the account's partition, those not enabled included. */
export const regionsCollector: Collector<"regions"> = {
  fact: "regions",
  collect({ account, call }) {
    const region = primaryRegion(account.partition);
    return call({
      service: ec2,
      api: "ec2:DescribeRegions",
      region,
      send: (client, options) => client.send(new DescribeRegionsCommand({ AllRegions: true }), options),
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
