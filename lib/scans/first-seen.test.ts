import { describe, expect, test } from "vitest";
import type { Facts, RegionFact } from "@/lib/checks/facts/facts";
import { read, unread } from "@/lib/checks/facts/reading";
import { updateFirstSeen } from "./first-seen";

const arn = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/audit";
const region = (name: string, optInStatus: RegionFact["optInStatus"] = "opt-in-not-required") => ({
  name,
  optInStatus,
});
const denied = unread<never>({ kind: "denied", api: "x:Y", region: "r", code: "AccessDenied", message: "" });

function facts(regions: RegionFact[], trails: Record<string, boolean | "denied">): Partial<Facts> {
  const byRegion = Object.entries(trails).map(([name, isMultiRegion]) => [
    name,
    isMultiRegion === "denied" ? denied : read([{ arn, homeRegion: "eu-west-1", isMultiRegion }]),
  ]);
  return { regions: read(regions), "cloudtrail.trails": Object.fromEntries(byRegion) } as Partial<Facts>;
}

function run(...scans: Partial<Facts>[]) {
  let times = new Map<string, string>();
  const updates = scans.map((scan, index) => {
    const update = updateFirstSeen(times, scan, `2026-11-0${index + 1}T00:00:00.000Z`);
    times = new Map(times);
    for (const subject of update.remove) times.delete(subject);
    for (const { subject, at } of update.add) times.set(subject, at);
    return update;
  });
  return updates.map((update) => update.sightings);
}

describe("since when we know it", () => {
  test("what the first scan finds already there gets no date", () => {
    const [first, second] = run(
      facts([region("eu-west-1")], { "eu-west-1": true }),
      facts([region("eu-west-1")], { "eu-west-1": true }),
    );
    expect(first).toEqual({});
    expect(second).toEqual(first);
  });

  test("a Region enabled between two scans has the time of the second, and keeps it", () => {
    const before = facts([region("eu-west-1"), region("af-south-1", "not-opted-in")], {});
    const after = facts([region("eu-west-1"), region("af-south-1", "opted-in")], {});
    const histories = run(before, after, after);
    expect(histories[1]).toEqual({ "region:af-south-1": "2026-11-02T00:00:00.000Z" });
    expect(histories[2]).toEqual({ "region:af-south-1": "2026-11-02T00:00:00.000Z" });
  });

  test("a Region disabled and enabled again starts over", () => {
    const off = facts([region("af-south-1", "not-opted-in")], {});
    const on = facts([region("af-south-1", "opted-in")], {});
    expect(run(off, on, off, on)[3]).toEqual({
      "region:af-south-1": "2026-11-04T00:00:00.000Z",
    });
  });

  test("a trail converted between two scans has the time of the second", () => {
    const [, converted] = run(facts([], { "eu-west-1": false }), facts([], { "eu-west-1": true }));
    expect(converted).toEqual({ [`trail:${arn}`]: "2026-11-02T00:00:00.000Z" });
  });

  test("a trail whose home Region we could not read before gets no date: it may have been so for years", () => {
    const histories = run(facts([], { "eu-west-1": "denied" }), facts([], { "eu-west-1": true }));
    expect(histories[1]).toEqual({});
  });

  test("a scan that could not read keeps what was known", () => {
    const converted = [facts([], { "eu-west-1": false }), facts([], { "eu-west-1": true })] as const;
    const histories = run(...converted, { regions: denied, "cloudtrail.trails": { "eu-west-1": denied } });
    expect(histories[2]).toEqual({ [`trail:${arn}`]: "2026-11-02T00:00:00.000Z" });
  });

  test("a trail that logged no read events when we looked has the time at which it does", () => {
    const logging = (readWriteType: string) =>
      ({
        "cloudtrail.event_selectors": { [arn]: read({ basic: [{ readWriteType }], advanced: [] }) },
      }) as Partial<Facts>;
    const refused = { "cloudtrail.event_selectors": { [arn]: denied } } as Partial<Facts>;
    expect(run(logging("All"), logging("All"))[1]).toEqual({});
    const histories = run(
      logging("WriteOnly"),
      refused,
      logging("All"),
      logging("All"),
      logging("WriteOnly"),
    );
    const since = { [`reads:${arn}`]: "2026-11-03T00:00:00.000Z" };
    expect(histories).toEqual([{}, {}, since, since, {}]);
  });

  test("two empty lists are the default selectors only where the trail says that it has no others", () => {
    const empty = (hasCustomEventSelectors: boolean) =>
      ({
        "cloudtrail.trails": {
          "eu-west-1": read([
            { arn, homeRegion: "eu-west-1", isMultiRegion: false, hasCustomEventSelectors },
          ]),
        },
        "cloudtrail.event_selectors": { [arn]: read({ basic: [], advanced: [] }) },
      }) as unknown as Partial<Facts>;
    const writes = {
      "cloudtrail.event_selectors": {
        [arn]: read({ basic: [{ readWriteType: "WriteOnly" }], advanced: [] }),
      },
    } as Partial<Facts>;
    expect(run(writes, empty(true))[1]).toEqual({});
    expect(run(writes, empty(false))[1]).toEqual({ [`reads:${arn}`]: "2026-11-02T00:00:00.000Z" });
  });
});
