import { expect, test } from "vitest";
import { unavailableReason } from "./unavailable";

// The shapes in which clients of the database and the queue say that it is away. What real ones throw: *.db.test.ts.

test.each(["08000", "08006", "25006", "25P03", "25P04", "28000", "28P01", "40001", "55P03", "57P01"])(
  "the state %s passes",
  (code) => expect(unavailableReason(Object.assign(new Error("planted"), { code }))).toBe(code),
);

test.each(["404", "408 Request Timeout", "53", "57P01X", "23505", "42501", "P2002", ""])(
  "%j is no state that passes",
  (code) => expect(unavailableReason(Object.assign(new Error("planted"), { code }))).toBeNull(),
);

test("an error without a code is told by its name or by the kind that a driver gives it", () => {
  const named = Object.assign(new Error("planted"), { name: "MaxRetriesPerRequestError" });
  expect(unavailableReason(named)).toBe("MaxRetriesPerRequestError");
  expect(unavailableReason({ kind: "DatabaseNotReachable" })).toBe("DatabaseNotReachable");
  expect(unavailableReason(new TypeError("planted"))).toBeNull();
});

test("what an error was caused by counts, and a circle ends", () => {
  const circle: { cause?: unknown } = {};
  circle.cause = circle;
  expect(unavailableReason(circle)).toBeNull();
  const deep = { cause: { meta: { driverAdapterError: { code: "ECONNREFUSED" } } } };
  expect(unavailableReason(deep)).toBe("ECONNREFUSED");
});
