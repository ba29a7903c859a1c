import type { FormatOptions, Outcome } from "@/cli/outcome";
import { jsonText } from "@/lib/checks/snippets/json";

/** The object that `--json` prints: its names and spellings are a contract. With `--explain` it also has `rules`. */
export function jsonReport(outcome: Outcome, { explain }: FormatOptions): string {
  const { accountId, partition, evaluation, apiCalls, durationMs } = outcome;
  const { checkId, verdict, reason, severity, assurance, advisories } = evaluation;
  const { coveredRegions, partialRegions, uncoveredRegions, unknownRegions } = evaluation;
  const { action, account, region, orgAction, ...target } = evaluation.remediation;
  const report = {
    checkId,
    accountId,
    partition,
    verdict,
    reason,
    severity,
    assurance,
    coveredRegions,
    partialRegions,
    uncoveredRegions,
    unknownRegions,
    // JSON leaves undefined members out.
    remediation: { action, account, region, ...target, orgAction },
    advisories,
    apiCalls,
    durationMs,
    ...(explain ? { rules: evaluation.rules } : {}),
  };
  return `${jsonText(report)}\n`;
}
