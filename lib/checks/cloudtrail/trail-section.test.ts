import { describe, expect, it } from "vitest";
import { type TrailRow, trailHealthLabel, trailSection } from "./trail-section";

const healths = [
  "OK",
  "PENDING",
  "STALE",
  "FAILING",
  "NEVER_DELIVERED",
  "STOPPED",
  "HOME_REGION_OFF",
  "UNKNOWN",
];

const row: TrailRow = {
  arn: "arn:aws:cloudtrail:eu-west-1:111122223333:trail/audit",
  name: "audit",
  homeRegion: "eu-west-1",
  isMultiRegion: true,
  isOrganization: true,
  health: "OK",
  healthText: "Logging, last delivery 4 minutes ago",
  eventsText: "All management events",
  latestDeliveryTime: "2026-11-22T11:56:00Z",
  logFileValidationEnabled: true,
  isEncrypted: true,
  bucket: "acme-logs",
  isSuggested: true,
};

describe("trails as a table", () => {
  it("give no two states of delivery the same words, and show none as stored", () => {
    const words = healths.map(trailHealthLabel);
    expect(new Set(words).size).toBe(words.length);
    for (const health of healths) expect(trailHealthLabel(health)).not.toBe(health);
  });

  it("have a cell for every column, with and without events", () => {
    const { eventsText: _, ...withoutEvents } = row;
    for (const rows of [[row], [withoutEvents], [row, withoutEvents], []]) {
      const { columns, rows: shown } = trailSection(rows);
      for (const { cells } of shown) expect(cells).toHaveLength(columns.length);
    }
    expect(trailSection([row]).columns.map(({ title }) => title)).toContain("Events");
    expect(trailSection([withoutEvents]).columns.map(({ title }) => title)).not.toContain("Events");
  });

  it("tell a delivery by its time, and what is wrong in words", () => {
    const of = (over: Partial<TrailRow>) => trailSection([{ ...row, ...over }]).rows[0]?.cells[3];
    expect(of({})).toEqual({
      text: "Delivering",
      sign: { glyph: "logged" },
      moment: { label: "Last delivery", at: row.latestDeliveryTime },
    });
    expect(of({ health: "STOPPED", healthText: "Stopped 2 days ago" })).toMatchObject({
      text: "Stopped 2 days ago",
      sign: { tone: "blind" },
    });
  });
});
