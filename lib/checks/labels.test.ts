import { describe, expect, it } from "vitest";
import {
  assuranceLabels,
  partitionLabels,
  passNote,
  readOutcomeLabels,
  regionOutcomeLabel,
  severityLabels,
  verdictLabels,
} from "./labels";
import { regionDetails } from "./words";

describe("labels", () => {
  it("tell Regions apart by shape and by words", () => {
    const { values } = regionDetails;
    expect(new Set(values.map((detail) => regionOutcomeLabel(detail).glyph)).size).toBe(values.length);
    expect(new Set(values.map((detail) => regionOutcomeLabel(detail).text)).size).toBe(values.length);
  });

  it("give no two values of one word the same text, and show none as stored", () => {
    for (const labels of [
      severityLabels,
      verdictLabels,
      assuranceLabels,
      readOutcomeLabels,
      partitionLabels,
    ]) {
      const words = Object.values(labels);
      expect(new Set(words).size).toBe(words.length);
      for (const [value, word] of Object.entries(labels)) expect(word).not.toBe(value);
    }
  });
});

describe("the note on a pass", () => {
  const passed = { verdict: "PASS", assurance: "INFERRED", advisories: [], unknownRegions: [] } as const;

  it("says which of its two causes an inferred pass has", () => {
    const unread = Array.from({ length: 13 }, (_, i) => `region-${i}`);
    const closed = { ...passed, advisories: ["REGION_DENIED_BY_SCP"], unknownRegions: unread };
    expect(passNote(closed)).toBe("inferred, 13 Regions closed");
    expect(passNote({ ...passed, unknownRegions: ["eu-west-1"] })).toBe("inferred, 1 Region not read");
    expect(passNote({ ...passed, advisories: ["NO_RECENT_DELIVERY"] })).toBe(
      "no recent delivery to prove it",
    );
  });

  it("is empty where all was read and proven, and for what is no pass", () => {
    expect(passNote({ ...passed, assurance: "VERIFIED" })).toBe("");
    expect(passNote({ ...passed, verdict: "FAIL", assurance: null })).toBe("");
  });
});
