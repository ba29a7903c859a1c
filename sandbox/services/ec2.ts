import { dnsSuffix } from "../model/partitions";
import { AwsError } from "../wire/aws-error";
import { type Call, read, type Service } from "./operation";

export const ec2: Service = {
  eventSource: "ec2.amazonaws.com",
  operations: { DescribeRegions: read(describeRegions) },
};

function describeRegions({ account, form }: Call): object {
  const all = form.flag("AllRegions");
  const names = form.list("RegionName");
  const filters = form.indexes("Filter").map((prefix) => ({
    name: form.text(`${prefix}.Name`) ?? "",
    values: form.list(`${prefix}.Value`),
  }));
  const unknown = names.filter((name) => !account.regions.has(name));
  if (unknown.length > 0) {
    throw new AwsError("InvalidParameterValue", `Invalid region name: ${unknown.join(", ")}`);
  }
  const regions: Record<string, string>[] = [];
  for (const [regionName, optInStatus] of account.regions) {
    if (names.length > 0 && !names.includes(regionName)) continue;
    if (!all && names.length === 0 && optInStatus === "not-opted-in") continue;
    const regionEndpoint = `ec2.${regionName}.${dnsSuffix(account.partition)}`;
    const fields = { "region-name": regionName, "opt-in-status": optInStatus, endpoint: regionEndpoint };
    if (filters.every((filter) => passes(filter, fields))) {
      regions.push({ regionName, regionEndpoint, optInStatus });
    }
  }
  return { regionInfo: regions };
}

function passes(
  filter: { name: string; values: string[] },
  fields: Readonly<Record<string, string>>,
): boolean {
  const actual = fields[filter.name];
  if (actual === undefined) {
    throw new AwsError("InvalidParameterValue", `The filter '${filter.name}' is invalid`);
  }
  return filter.values.some((value) => {
    const source = value
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replace(/\*/g, ".*")
      .replace(/\?/g, ".");
    return new RegExp(`^${source}$`).test(actual);
  });
}
