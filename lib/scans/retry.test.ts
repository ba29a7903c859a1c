import { describe, expect, test } from "vitest";
import type { ReadFailureKind } from "@/lib/checks/facts/reading";
import { retryAfterSeconds } from "./retry";

const failed = (kind: ReadFailureKind) => ({
  kind,
  api: "cloudtrail:DescribeTrails",
  region: "eu-west-1",
  code: kind,
  message: "",
});
const tomorrow = { inSeconds: 80_000 };

describe("a scan that could not read", () => {
  test.each(["throttled", "timeout", "network", "server_error", "garbage", "deadline"] as const)(
    "is tried again after 2, 10 and 60 minutes when the reason may pass: %s",
    (kind) => {
      const delays = [0, 1, 2, 3].map((retries) => retryAfterSeconds([failed(kind)], retries, tomorrow));
      expect(delays).toEqual([120, 600, 3_600, null]);
    },
  );

  test.each(["denied", "denied_by_scp", "token_refused", "arn_invalid", "unsupported"] as const)(
    "is not tried again when someone must change something first: %s",
    (kind) => {
      expect(retryAfterSeconds([failed(kind)], 0, tomorrow)).toBeNull();
    },
  );

  test("is tried again when one of several reasons may pass", () => {
    expect(retryAfterSeconds([failed("denied"), failed("throttled")], 0, null)).toBe(120);
  });

  test("waits for its schedule when that comes first", () => {
    expect(retryAfterSeconds([failed("throttled")], 2, { inSeconds: 3_000 })).toBeNull();
    expect(retryAfterSeconds([failed("throttled")], 1, { inSeconds: 3_000 })).toBe(600);
  });

  test("that read everything is not tried again", () => {
    expect(retryAfterSeconds([], 0, tomorrow)).toBeNull();
  });
});
