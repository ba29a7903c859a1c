import { expect, test } from "vitest";
import { packFinding, type ShownFinding, unpackFinding } from "./shown-finding";

const late: ShownFinding = {
  id: "PST-1305",
  words: "Delivery failing, 17 of 17",
  account: "prod-data-32385",
  number: "1000-0003-2385",
  environment: "Production",
  severity: "HIGH",
  isBack: true,
  isUnassigned: true,
  due: "15 Sep",
  left: "72 d over",
  urgency: "over",
  since: "2026-09-08T03:01:36Z",
  lasts: "80 d",
};
const unread: ShownFinding = {
  id: "0b7ab3b2-9f0c-4c5e-8f52-2f9d4b1c3a11",
  words: "",
  account: "0",
  number: "1",
  environment: "Other",
  observation: "unknown",
  standing: "unreachable",
  decidedAt: "2026-09-08T03:01:36Z",
  isUnconfirmed: true,
  isStale: true,
  hasNoKey: true,
};

test("a row arrives as it was sent", () => {
  for (const row of [late, unread]) {
    expect(unpackFinding(JSON.parse(JSON.stringify(packFinding(row))))).toEqual(row);
  }
});

test("what a row does not have at its end takes no room", () => {
  const { id, words, account, number, environment } = late;
  expect(packFinding({ id, words, account, number, environment })).toHaveLength(5);
  expect(JSON.stringify(packFinding(late)).length).toBeLessThan(JSON.stringify(late).length * 0.6);
});
