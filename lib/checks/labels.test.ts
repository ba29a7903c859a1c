import { describe, expect, it } from "vitest";
import {
  assuranceLabels,
  dispositionLabels,
  observationLabels,
  regionOutcomeLabel,
  regionStateLabels,
  severityLabels,
  statusLabels,
  verdictLabels,
} from "./labels";

const details = [
  "logged",
  "logged_by_single_region_trail",
  "partly_logged",
  "not_logged",
  "delivery_failing",
  "pending",
  "could_not_read",
  "not_enabled",
] as const;

describe("labels", () => {
  it("tell Regions apart by shape and by words", () => {
    expect(new Set(details.map((detail) => regionOutcomeLabel(detail).glyph)).size).toBe(details.length);
    expect(new Set(details.map((detail) => regionOutcomeLabel(detail).text)).size).toBe(details.length);
  });

  it("give no two values of one enumeration the same words, and show none as stored", () => {
    const sets = [
      severityLabels,
      verdictLabels,
      observationLabels,
      statusLabels,
      assuranceLabels,
      dispositionLabels,
      regionStateLabels,
    ];
    for (const labels of sets) {
      const words = Object.values(labels);
      expect(new Set(words).size).toBe(words.length);
      for (const [value, word] of Object.entries(labels)) expect(word).not.toBe(value);
    }
  });
});
