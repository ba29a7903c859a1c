import { describe, expect, it } from "vitest";
import {
  assuranceLabels,
  partitionLabels,
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
