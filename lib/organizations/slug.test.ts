import { expect, it } from "vitest";
import { slugFrom, slugTry } from "./slug";

it.each([
  ["Acme GmbH & Co. KG", "acme-gmbh-co-kg"],
  ["Éclair Sécurité", "eclair-securite"],
  ["Straße 9", "strasse-9"],
  ["  --  ", "organization-1"],
  ["日本", "organization-1"],
  ["API", "api-1"],
  ["../../etc", "etc"],
  ["x".repeat(80), "x".repeat(40)],
])("%j becomes %s", (name, slug) => expect(slugFrom(name)).toBe(slug));

it("numbers the tries for a taken slug", () => {
  expect([1, 2, 3].map((attempt) => slugTry("acme", attempt))).toEqual(["acme", "acme-2", "acme-3"]);
  expect(slugTry("x".repeat(40), 50).length).toBeLessThanOrEqual(40);
});
