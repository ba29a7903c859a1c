import { describe, expect, it } from "vitest";
import { ownerOf, parseArn, partitions, trailArn } from "./arn";
import { defaultRegions, findRegion, knownRegions, primaryRegion, regionInfo } from "./regions";

describe("the Region table", () => {
  it("names each Region once, with a place on the map", () => {
    expect(new Set(knownRegions.map((region) => region.name)).size).toBe(knownRegions.length);
    for (const { latitude, longitude } of knownRegions) {
      expect(Math.abs(latitude ?? 999)).toBeLessThanOrEqual(90);
      expect(Math.abs(longitude ?? 999)).toBeLessThanOrEqual(180);
    }
  });

  it("has 17 default and 17 opt-in Regions in the commercial partition", () => {
    expect(defaultRegions("aws")).toHaveLength(17);
    expect(knownRegions.filter((region) => region.partition === "aws" && region.isOptIn)).toHaveLength(17);
  });

  it("gives every partition a primary Region that cannot be switched off", () => {
    for (const partition of partitions) expect(defaultRegions(partition)).toContain(primaryRegion(partition));
  });

  it("still speaks of a Region it does not know", () => {
    expect(findRegion("xx-new-1")).toBeUndefined();
    expect(regionInfo("xx-new-1")).toMatchObject({ label: "xx-new-1", geography: "Other", latitude: null });
  });
});

describe("ARNs", () => {
  it("are read back as written, in every partition", () => {
    for (const partition of partitions) {
      const arn = trailArn(partition, primaryRegion(partition), "111122223333", "main");
      expect(parseArn(arn)).toEqual({
        partition,
        service: "cloudtrail",
        region: primaryRegion(partition),
        account: "111122223333",
        resource: "trail/main",
      });
      expect(ownerOf(arn)).toBe("111122223333");
    }
  });

  it("are refused outside the four partitions", () => {
    expect(parseArn("arn:aws-iso:cloudtrail:us-iso-east-1:1:trail/x")).toBeNull();
    expect(parseArn("not an arn")).toBeNull();
  });
});
