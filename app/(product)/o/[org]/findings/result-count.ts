/**
 * What the list holds: one result for each account and check. `results`: null when a filter narrows the count. Fewer than
 * accounts × checks while some account has not been scanned.
 */
export function resultCount(count: {
  readonly results: number | null;
  readonly accounts: number;
  readonly checks: number;
}): string {
  const accounts = `${count.accounts} ${count.accounts === 1 ? "account" : "accounts"}`;
  const checks = `${count.checks} ${count.checks === 1 ? "check" : "checks"}`;
  if (count.results === null) return `${accounts} × ${checks}, filtered.`;
  const results = `${count.results} ${count.results === 1 ? "result" : "results"}`;
  return count.results === count.accounts * count.checks
    ? `${results}: ${accounts} × ${checks}.`
    : `${results} from ${accounts} and ${checks}.`;
}
