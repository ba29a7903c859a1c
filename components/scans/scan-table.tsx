import { verdictLabels } from "@/lib/checks/labels";
import { scanTriggerLabels } from "@/lib/scans/scan-states";
import type { ScanRow } from "@/lib/scans/scan-view";
import { ScanRows, type ShownScan } from "./scan-rows";
import { durationText } from "./scan-status";

/** What a row shows, and nothing else: each value is sent once and drawn by the browser's own copy of the table. */
function shown(scan: ScanRow, showAccount: boolean): ShownScan {
  const { regionsTotal, regionsRead } = scan;
  return {
    number: scan.number,
    ...(showAccount ? { account: scan.accountName } : {}),
    status: scan.status,
    verdicts: scan.verdicts.map(({ verdict, short, findingKey }) => ({
      verdict,
      words: short ?? verdictLabels[verdict],
      ...(findingKey === null ? {} : { key: findingKey }),
    })),
    ...(scan.verdicts.length === 0 ? { why: scan.errorText ?? "No verdict" } : {}),
    ...(regionsTotal === null || regionsRead === null
      ? {}
      : {
          regions: `${regionsRead} of ${regionsTotal}`,
          ...(regionsRead < regionsTotal ? { isPartial: true } : {}),
        }),
    ...(scan.apiCalls === null ? {} : { calls: scan.apiCalls }),
    ...(scan.durationMs === null ? {} : { took: durationText(scan.durationMs) }),
    by: scanTriggerLabels[scan.trigger] + (scan.requestedBy ? ` · ${scan.requestedBy}` : ""),
    at: scan.requestedAt,
  };
}

/** Did the machine run, and what did it see? */
export function ScanTable({
  scans,
  root,
  showAccount = true,
}: {
  readonly scans: readonly ScanRow[];
  readonly root: string;
  readonly showAccount?: boolean;
}) {
  return (
    <div className={showAccount ? "rounded-card border border-line bg-surface" : undefined}>
      <ScanRows rows={scans.map((scan) => shown(scan, showAccount))} root={root} showAccount={showAccount} />
    </div>
  );
}
