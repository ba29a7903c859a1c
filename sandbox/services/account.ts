import { AwsError } from "../wire/aws-error";
import { type Call, read, type Service, textOf, write } from "./operation";

/** Account management, as far as opting in to Regions goes. A Region is enabled at once here; AWS takes minutes to hours. */
export const account: Service = {
  eventSource: "account.amazonaws.com",
  operations: {
    EnableRegion: write((call) => setRegion(call, "opted-in")),
    DisableRegion: write((call) => setRegion(call, "not-opted-in")),
    GetRegionOptStatus: read((call) => {
      const name = regionName(call);
      const status = call.account.regions.get(name);
      const words = { "opted-in": "ENABLED", "not-opted-in": "DISABLED" } as Record<string, string>;
      return { RegionName: name, RegionOptStatus: words[status ?? ""] ?? "ENABLED_BY_DEFAULT" };
    }),
  },
};

function setRegion(call: Call, optInStatus: "opted-in" | "not-opted-in"): object {
  const name = regionName(call);
  if (call.account.regions.get(name) === "opt-in-not-required") {
    throw new AwsError("ValidationException", `Region ${name} is enabled by default and cannot be changed.`);
  }
  call.account.regions.set(name, optInStatus);
  call.world.changed();
  return {};
}

function regionName(call: Call): string {
  const name = textOf(call.input, "RegionName");
  if (name === undefined || !call.account.regions.has(name)) {
    throw new AwsError("ValidationException", "The Region name is not valid.");
  }
  return name;
}
