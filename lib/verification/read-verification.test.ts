import { describe, expect, test } from "vitest";
import { emptyProof, type Proof } from "./proof";
import { type StoredVerification, verificationView } from "./read-verification";
import { readProof } from "./stored-proof";

const turned = { state: "passed", reason: null, at: "2026-12-03T10:01:00.000Z", evidence: null } as const;
const proof: Proof = {
  ...emptyProof,
  a: "passed",
  inheritance: "passed",
  calledAt: "2026-12-03T10:00:00.000Z",
  regions: [
    {
      region: "us-east-1",
      a: turned,
      b: { ...turned, evidence: { sentAt: "2026-12-03T09:59:58.000Z", level: "delivered" } },
      trails: [
        {
          arn: "arn:aws:cloudtrail:us-east-1:111122223333:trail/all",
          bucket: null,
          keyPrefix: null,
          isOrganization: false,
        },
      ],
    },
    {
      region: "af-south-1",
      a: turned,
      b: { state: "waiting", reason: null, at: null, evidence: { sentAt: "2026-12-03T09:59:59.000Z" } },
      trails: [],
    },
  ],
};
const row: StoredVerification = {
  id: "9c6a3f0e-8f7b-4a52-8e1f-0d8d9a0e4a11",
  number: 7,
  findingId: "0a4a4c0e-3b1e-4d59-9f57-7f5c4d6a1b22",
  findingNumber: 142,
  status: "running",
  trigger: "claim",
  requiredProof: "delivered",
  reachedProof: null,
  proof: JSON.parse(JSON.stringify(proof)),
  scanNumber: 31,
  looks: 1,
  nextLookAt: new Date("2026-12-03T10:08:00Z"),
  startedAt: new Date("2026-12-03T09:59:00Z"),
  finishedAt: null,
};
const looksOf = (calledAt: Date) => [5, 8].map((minutes) => new Date(calledAt.getTime() + minutes * 60_000));
const view = (more: Partial<StoredVerification> = {}) => verificationView({ ...row, ...more }, looksOf);

describe("a stored verification", () => {
  test("is shown with both keys, its Regions in the order in which they are stored", () => {
    expect(view()).toEqual({
      id: row.id,
      number: 7,
      findingKey: "PST-142",
      status: "running",
      trigger: "claim",
      requiredAssurance: "delivered",
      reachedAssurance: null,
      keyA: {
        state: "passed",
        regions: [
          { region: "us-east-1", ...turned },
          { region: "af-south-1", ...turned },
        ],
      },
      keyB: {
        state: "waiting",
        regions: [
          {
            region: "us-east-1",
            ...turned,
            evidence: { sentAt: "2026-12-03T09:59:58.000Z", level: "delivered" },
          },
          {
            region: "af-south-1",
            state: "waiting",
            reason: null,
            at: null,
            evidence: { sentAt: "2026-12-03T09:59:59.000Z" },
          },
        ],
      },
      inheritance: { state: "passed" },
      scanNumber: 31,
      looksAt: ["2026-12-03T10:05:00.000Z", "2026-12-03T10:08:00.000Z"],
      looksDone: 1,
      nextAt: "2026-12-03T10:08:00.000Z",
      startedAt: "2026-12-03T09:59:00.000Z",
      finishedAt: null,
    });
  });

  test("has no looks before its calls are made, nor when it begins anew", () => {
    expect(view({ proof: emptyProof }).looksAt).toEqual([]);
    expect(view({ proof: { ...proof, a: "waiting" } }).looksAt).toEqual([]);
  });

  test("has no Regions of delivery for a check of the whole account", () => {
    const { keyA, keyB } = view({ proof: { ...proof, byDelivery: false, b: "passed" } });
    expect([keyA.regions.length, keyB]).toEqual([2, { state: "passed", regions: [] }]);
  });

  test("is named by its finding's id while that has no key", () => {
    expect(view({ findingNumber: null }).findingKey).toBe(row.findingId);
  });

  test.each([
    ["an unknown member", { ...proof, more: 1 }],
    ["a missing member", { a: "passed" }],
    ["a state that is none", { ...proof, b: "turned" }],
    [
      "an unknown member of the evidence",
      { ...proof, regions: [{ ...proof.regions[0], a: { ...turned, evidence: { x: 1 } } }] },
    ],
  ])("with %s was not written by this version", (_what, stored) => {
    expect(() => readProof(stored)).toThrow();
  });
});
