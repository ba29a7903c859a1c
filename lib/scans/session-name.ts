/** The role session of a scan, as the customer's CloudTrail shows it. */
export function sessionOf(scanId: string): string {
  return `posturio-${scanId.slice(0, 8)}`;
}
