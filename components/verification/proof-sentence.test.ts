import { expect, test } from "vitest";
import type { VerificationView } from "@/lib/verification/verification-view";
import { mayHaveProof, proofPlace } from "./proof-place";
import { proofSentence } from "./proof-sentence";
import { after, delivery, verification } from "./testing/fixture";

type Told = Parameters<typeof proofSentence>[0] & Parameters<typeof mayHaveProof>[0];

function finding(more: Partial<Omit<Told, "triage">> = {}, by: string | null = "Mina Okafor"): Told {
  return {
    key: "PST-142",
    status: "awaiting_verification",
    observation: "passing",
    episode: 2,
    episodes: [
      { number: 1, detectedAt: after(-900_000), verifiedAt: after(-800_000) },
      { number: 2, detectedAt: after(-9_000), verifiedAt: after(1208) },
    ],
    triage: {
      failedClaims: 0,
      claim: by === null ? null : { by, at: after(0) },
    },
    ...more,
  } as Told;
}

const said = (told: Told, view: VerificationView | null) =>
  proofSentence(told, view)
    ?.map(({ text }) => text)
    .join("") ?? null;

const resolved = finding({ status: "resolved" }, null);
const closed = { state: "exempt", reason: "closed_by_policy", evidence: null } as const;

test("what is verified says so first, with how many Regions delivered", () => {
  expect(said(resolved, verification())).toBe(
    "Verified 3 Dec, all 17 Regions delivered. The next Region you enable inherits it.",
  );
  const view = verification(17, { inheritance: { state: "unknown" } });
  expect(said(resolved, view)).toBe("Verified 3 Dec, all 17 Regions delivered.");
  const regions = view.keyB.regions.map((region, index) => (index < 2 ? { ...region, ...closed } : region));
  expect(said(resolved, { ...view, keyB: { state: "passed", regions } })).toBe(
    "Verified 3 Dec, 15 of 17 Regions delivered; 2 closed by policy.",
  );
  expect(said(resolved, { ...view, keyB: { state: "passed", regions: [] } })).toBe(
    "Verified 3 Dec, by two readings of AWS.",
  );
});

test("what is proven again stays verified meanwhile, and what fails says that", () => {
  expect(said(resolved, verification(3))).toBe("Verified 3 Dec.");
  expect(said(resolved, null)).toBe("Verified 3 Dec.");
  expect(said(finding({ status: "resolved", observation: "failing" }), verification())).toBeNull();
  expect(said(finding({ status: "reopened" }), verification())).toBeNull();
});

test("a proof that goes on says who claims it and what is outstanding", () => {
  expect(said(finding(), verification(11))).toBe(
    "Mina Okafor says this is fixed. Key A turned; waiting for events from 6 Regions.",
  );
  const reading = verification(0, {
    keyA: { state: "waiting", regions: [] },
    keyB: { state: "waiting", regions: [] },
    looksAt: [],
    trigger: "unclaimed_pass",
  });
  expect(said(finding({}, "system"), reading)).toBe("It passes. We are looking for the proof.");
  const whole = verification(0, {
    keyA: { state: "passed", regions: [] },
    keyB: { state: "waiting", regions: [] },
  });
  expect(said(finding(), whole)).toBe(
    "Mina Okafor says this is fixed. Key A turned; a second reading follows.",
  );
});

test("a proof that gave up says how far it came", () => {
  const regions = verification().keyB.regions.map((region, index) =>
    index < 14 ? region : delivery(region.region, null, { state: "inconclusive", reason: "not_delivered" }),
  );
  const view = verification(17, { status: "inconclusive", keyB: { state: "inconclusive", regions } });
  expect(said(finding(), view)).toBe(
    "Mina Okafor says this is fixed. 14 of 17 Regions are proven; 3 could not be proven yet.",
  );
});

test("the page shows a proof while it says something of the finding as it is", () => {
  const failed = verification(17, { status: "failed" });
  const inconclusive = verification(17, { status: "inconclusive" });
  const place = (more: Parameters<typeof finding>[0], view: VerificationView | null) =>
    proofPlace(finding(more), view);
  expect(place({}, verification(3))).toBe("first");
  expect(place({ observation: "failing" }, verification(3))).toBe("first");
  expect(place({}, inconclusive)).toBe("first");
  expect(place({ status: "resolved" }, verification())).toBe("first");
  // What repairs it stays above what did not hold.
  expect(place({ status: "in_progress", observation: "failing" }, failed)).toBe("after-fix");
  expect(place({ status: "in_progress" }, failed)).toBe("first");
  expect(place({ status: "resolved", observation: "failing" }, verification())).toBe("after-fix");
  // Nothing to say: none, given up by a person, proven and failing since, of an earlier episode.
  expect(place({}, null)).toBeNull();
  expect(place({}, verification(3, { status: "cancelled" }))).toBeNull();
  expect(place({ status: "reopened", observation: "failing" }, verification())).toBeNull();
  const earlier = verification(17, { status: "failed", startedAt: after(-90_000) });
  expect(place({ status: "reopened", observation: "failing" }, earlier)).toBeNull();
  expect(place({ status: "closed_out_of_scope" }, failed)).toBeNull();
});

test("nothing is asked for a finding that was never claimed", () => {
  expect(mayHaveProof(finding({ status: "open", observation: "failing" }))).toBe(false);
  expect(mayHaveProof(finding({ key: null, status: "none" }))).toBe(false);
  expect(mayHaveProof(finding())).toBe(true);
  expect(mayHaveProof(finding({ status: "resolved" }))).toBe(true);
  const told = finding({ status: "open", observation: "failing" });
  expect(mayHaveProof({ ...told, triage: { ...told.triage, failedClaims: 1 } })).toBe(true);
});
