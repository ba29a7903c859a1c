import { expect, test } from "vitest";
import { sql } from "@/lib/db/sql";
import { underWayStatuses } from "./run-states";
import { isUnderWay, underWay } from "./under-way";

test("SQL and Prisma mean the same statuses, and SQL has them in its text", () => {
  const condition = isUnderWay(sql`s.status`);
  expect(condition.values).toEqual([]);
  expect(condition.sql).toBe(`s.status IN (${underWayStatuses.map((status) => `'${status}'`).join(", ")})`);
  expect(underWay.in).toEqual(underWayStatuses);
});
