import { expect, test } from "vitest";
import { arcs, inOrderOfArrival } from "./ring";
import { after, delivery, verification } from "./testing/fixture";
import { clockText, delayOf, lengthText, lookMarks, lookUnit, trackSeconds } from "./times";

test("the ruler has the looks that there are, and says which were made", () => {
  const marks = lookMarks(verification(11));
  expect(marks.map(({ text }) => text)).toEqual(["5", "8", "12", "16", "20", "30", "45", "60"]);
  expect(marks.map(({ state }) => state)).toEqual([
    ...["done", "done", "done"],
    "next",
    ...["later", "later", "later", "later"],
  ]);
  expect(marks.map(({ place }) => Math.round(place))).toEqual([8, 13, 20, 27, 33, 50, 75, 100]);
  expect(lookUnit(verification(11))).toBe("minutes");
});

test("looks of an installation that looks every few seconds count seconds", () => {
  const fast = verification(0, { looksAt: [29, 32, 40].map(after) });
  expect(lookMarks(fast).map(({ text }) => text)).toEqual(["2", "5", "13"]);
  expect(lookUnit(fast)).toBe("seconds");
  expect(trackSeconds(fast, 4)).toBe(13);
});

test("the track holds twenty minutes, and grows to the next look when something takes longer", () => {
  expect(trackSeconds(verification(11), 760)).toBe(1200);
  expect(trackSeconds(verification(11), 1300)).toBe(1800);
  expect(trackSeconds(verification(17), 9999)).toBe(1200);
  const late = verification(17, { keyB: { state: "passed", regions: [delivery("us-east-1", 2000)] } });
  expect(trackSeconds(late, 0)).toBe(2700);
});

test("a delay runs from our call to the delivery that AWS reports, else to when we saw it", () => {
  expect(delayOf(delivery("us-east-1", 291))).toBe(291);
  const untold = delivery("us-east-1", 291, { evidence: { sentAt: after(27) } });
  expect(delayOf(untold)).toBe(301);
  expect(delayOf(delivery("us-east-1", null))).toBeNull();
  expect(delayOf(delivery("us-east-1", null, { state: "exempt", reason: "closed_by_policy" }))).toBeNull();
  // What an earlier round delivered proves nothing of a later call.
  expect(
    delayOf(delivery("us-east-1", 50, { evidence: { sentAt: after(27), latestDeliveryTime: after(0) } })),
  ).toBe(60);
});

test("lengths read as people write them", () => {
  expect([41, 291, 3849].map(clockText)).toEqual(["0:41", "4:51", "1:04:09"]);
  expect([8, 60, 90].map(lengthText)).toEqual(["8 s", "1 min", "1 min 30 s"]);
});

test("a ring has one arc for each Region, those that arrived first in the order in which they did", () => {
  expect(new Set(arcs(17)).size).toBe(17);
  expect(arcs(17)[0]).toMatch(/^M37\.3 6\.0A30 30 0 0 1 /);
  expect(arcs(1)[0]).toContain(" 0 1 1 ");
  expect(arcs(0)).toEqual([]);
  const regions = [
    delivery("a", null, { state: "inconclusive", reason: "not_delivered" }),
    delivery("b", 400),
    delivery("c", null),
    delivery("d", 100),
  ];
  expect(inOrderOfArrival(regions).map(({ region }) => region)).toEqual(["d", "b", "c", "a"]);
});
