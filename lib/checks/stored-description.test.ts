import { expect, it } from "vitest";
import { accountCase, multiRegionTrail, now } from "@/lib/checks/testing/cases";
import { scenario } from "@/lib/checks/testing/truth-table";
import { check } from "./cloudtrail/not-multi-region/check";
import { storedDescription } from "./stored-description";

const { facts, context } = scenario(accountCase({ trails: [multiRegionTrail()] }), now);
const evaluation = check.evaluate(facts, context);
const description = check.describe(evaluation, facts, { ...context, accountName: "acme" });

it("leaves a description of today as it is", () => {
  const stored = JSON.parse(JSON.stringify(description));
  expect(storedDescription(stored)).toEqual(description);
});

it("shows the trails of one that was stored before sections existed", () => {
  // As the first version wrote it, member for member.
  const trail = {
    arn: "arn:aws:cloudtrail:us-east-1:333333333333:trail/main",
    name: "main",
    homeRegion: "us-east-1",
    isMultiRegion: true,
    isOrganization: false,
    health: "OK",
    healthText: "Logging, last delivery 5 minutes ago",
    eventsText: "All management events",
    latestDeliveryTime: "2026-11-22T11:55:00Z",
    logFileValidationEnabled: false,
    isEncrypted: false,
    isSuggested: false,
  };
  const { sections: _, ...rest } = description;
  const read = storedDescription({ ...rest, trails: [trail] });
  expect(read).toMatchObject({ short: description.short, sentence: description.sentence });
  expect(read).not.toHaveProperty("trails");
  expect(read.sections).toMatchObject([{ kind: "table", id: "trails", count: "1 trail" }]);
  expect(storedDescription({ ...rest, trails: [] }).sections).toMatchObject([
    { count: "0 trails", rows: [] },
  ]);
});

it("has no section for one that says nothing of any", () => {
  const { sections: _, ...rest } = description;
  expect(storedDescription(rest).sections).toEqual([]);
});
