import { failureKind } from "@/lib/checks/facts/failure-kind";
import type { ReadFailure } from "@/lib/checks/facts/reading";

const local: readonly (readonly [RegExp, string])[] = [
  [/timeout on endpoint|timed out/i, "TimeoutError"],
  [
    /could not connect|connection was closed|name or service not known|failed to establish/i,
    "NetworkingError",
  ],
  [/token has expired|session .*expired|credentials .*expired/i, "ExpiredToken"],
];

/** What the AWS CLI prints when a call fails, as a reading's failure. `call` is the IAM action. */
export function failureOf(call: string, region: string, error: string): ReadFailure {
  const [, fromAws, message = ""] =
    /An error occurred \(([\w.:#-]+)\) when calling the \w+ operation(?: \(reached max retries: \d+\))?: ?(.*)$/s.exec(
      error,
    ) ?? [];
  const code = fromAws ?? local.find(([pattern]) => pattern.test(error))?.[1] ?? "UnknownError";
  const text = (fromAws === undefined ? error : message).trim();
  return { kind: failureKind(call.split(":")[0] ?? "", code, text), api: call, region, code, message: text };
}
