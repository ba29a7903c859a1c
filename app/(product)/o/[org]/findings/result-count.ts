import { count } from "@/lib/text";

/**
 * What the list holds: one result for each account and check. `results`: null when a filter narrows the count. Fewer than
 * accounts × checks while some account has not been scanned.
 */
export function resultCount(shown: {
  readonly results: number | null;
  readonly accounts: number;
  readonly checks: number;
}): string {
  const accounts = count(shown.accounts, "account");
  const checks = count(shown.checks, "check");
  if (shown.results === null) return `${accounts} × ${checks}, filtered.`;
  const results = count(shown.results, "result");
  return shown.results === shown.accounts * shown.checks
    ? `${results}: ${accounts} × ${checks}.`
    : `${results} from ${accounts} and ${checks}.`;
}
