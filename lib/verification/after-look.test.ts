import { expect, test } from "vitest";
import { afterLook, emptyProof, type Proof, type Sighting } from "./proof";

const region = "eu-north-1";
const sentAt = "2026-12-03T10:02:00.000Z";
const at = "2026-12-03T10:07:00.000Z";

const waiting: Proof = {
  ...emptyProof,
  a: "passed",
  regions: [
    {
      region,
      a: { state: "passed", reason: null, at: sentAt, evidence: null },
      b: { state: "waiting", reason: null, at: null, evidence: { sentAt } },
      trails: [],
    },
  ],
};

test("counts the looks at which AWS did not answer, whatever the last one says", () => {
  const unread: Sighting = {
    region,
    state: "waiting",
    reason: "status_unreadable",
    evidence: { error: "503" },
  };
  const read: Sighting = { region, state: "waiting", reason: null, evidence: {} };
  const looks = [read, unread, unread, read].reduce(
    (proof, sighting) => afterLook(proof, [sighting], at),
    waiting,
  );
  expect(looks.regions[0]?.b).toMatchObject({ state: "waiting", reason: null });
  expect(looks.regions[0]?.b.evidence?.unreadableLooks).toBe(2);
  expect(afterLook(waiting, [read], at).regions[0]?.b.evidence).toEqual({ sentAt });
});
