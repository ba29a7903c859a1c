import { failureKind } from "@/lib/checks/facts/failure-kind";
import type { ReadFailure } from "@/lib/checks/facts/reading";

/** An answer that a worked case scripts: an error code for an API in one Region, or in all (`*`). */
export interface CaseError {
  readonly api: string;
  readonly region: string;
  readonly code: string;
  readonly message?: string;
  /** Only calls that name this trail. */
  readonly trail?: string;
}

/** Every field of the verdict that a worked case expects. */
export interface CaseExpectation {
  readonly verdict: string;
  readonly reason: string;
  readonly severity: string | null;
  readonly assurance: string | null;
  readonly disposition: string | null;
  readonly coveredRegions: readonly string[];
  readonly partialRegions: readonly string[];
  readonly uncoveredRegions: readonly string[];
  readonly unknownRegions: readonly string[];
  readonly remediation: Readonly<Record<string, string>>;
  readonly advisories: readonly string[];
}

/** What a scan would meet of these errors when it makes the call; `*` is a call that is made in one place only. */
export function scriptedFailure(
  errors: readonly CaseError[] | undefined,
  api: string,
  region: string,
): ReadFailure | undefined {
  const error = errors?.find(
    (e) => e.api === api && (e.region === "*" || region === "*" || e.region === region),
  );
  return error && failure(api, region === "*" ? "us-east-1" : region, error.code, error.message);
}

/** The failure of a call that AWS answers with this code. */
export function failure(api: string, region: string, code: string, message = ""): ReadFailure {
  return { kind: failureKind(api.split(":")[0] ?? "", code, message), api, region, code, message };
}
