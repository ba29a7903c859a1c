import type { FactName, Facts } from "@/lib/checks/facts/facts";
import type { ReadFailure, Reading } from "@/lib/checks/facts/reading";
import { regionsRead } from "@/lib/checks/facts/regions-read";
import type { ScanStatus } from "./scan-states";

export interface ScanOutcome {
  readonly status: Extract<ScanStatus, "complete" | "partial" | "failed">;
  readonly regionsTotal: number | null;
  readonly regionsRead: number;
  readonly errorCode: string | null;
  /** What kept it from being complete; empty when it is. */
  readonly failures: readonly ReadFailure[];
}

/**
 * How a scan went: failed when there was no session or no Region of those asked could be read, partial when some
 * needed reading is missing, complete otherwise. A check that needs no Region may have its verdict all the same. An
 * organization trail refuses to show its selectors to members by design (`arn_invalid`), so that alone does not
 * make a scan partial.
 */
export function scanOutcome(
  facts: Partial<Facts>,
  needs: ReadonlySet<FactName>,
  connectionFailure: ReadFailure | undefined,
): ScanOutcome {
  const asked = [...regionsRead(facts).values()];
  const read = asked.filter((isRead) => isRead).length;
  const regionsTotal = enabledRegions(facts) ?? (asked.length > 0 ? asked.length : null);
  const failures = connectionFailure ? [connectionFailure] : readFailures(facts, needs);
  const failure = failures[0];
  const status =
    connectionFailure || (asked.length > 0 && read === 0) ? "failed" : failure ? "partial" : "complete";
  return {
    status,
    regionsTotal,
    regionsRead: read,
    errorCode: status === "failed" ? (failure?.code ?? "NothingRead") : null,
    failures,
  };
}

function enabledRegions(facts: Partial<Facts>): number | null {
  if (!facts.regions?.ok) return null;
  return facts.regions.value.filter((region) => region.optInStatus !== "not-opted-in").length;
}

function readFailures(facts: Partial<Facts>, needs: ReadonlySet<FactName>): ReadFailure[] {
  const failures = [...needs].flatMap((name) => failuresIn(facts[name]));
  return failures.filter((failure) => failure.kind !== "arn_invalid");
}

/** Readings lie at most two levels deep: by resource, then by Region. */
function failuresIn(fact: unknown): ReadFailure[] {
  if (isReading(fact)) return fact.ok ? [] : [fact.failure];
  if (typeof fact !== "object" || fact === null) return [];
  return Object.values(fact).flatMap(failuresIn);
}

function isReading(value: unknown): value is Reading<unknown> {
  return typeof value === "object" && value !== null && typeof (value as { ok?: unknown }).ok === "boolean";
}
