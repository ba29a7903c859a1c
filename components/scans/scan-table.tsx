import Link from "next/link";
import { Glyph, type GlyphName } from "@/components/coverage/glyph";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Verdict } from "@/lib/checks/evaluation";
import { verdictLabels } from "@/lib/checks/labels";
import { scanTriggerLabels } from "@/lib/scans/scan-states";
import type { ScanRow } from "@/lib/scans/scan-view";
import { durationText, ScanStatus } from "./scan-status";

const verdictGlyph: Readonly<Record<Verdict, GlyphName>> = {
  PASS: "logged",
  FAIL: "not-logged",
  NOT_EVALUATED: "could-not-read",
};

/** What the checks said in this scan. */
export function ScanVerdicts({ scan, root }: { readonly scan: ScanRow; readonly root: string }) {
  if (scan.verdicts.length === 0) {
    return <span className="text-small text-ink-3">{scan.errorText ?? "No verdict"}</span>;
  }
  return (
    <ul className="grid gap-1">
      {scan.verdicts.map((verdict) => (
        <li key={verdict.checkId} className="inline-flex items-center gap-[6px]">
          <Glyph name={verdictGlyph[verdict.verdict]} />
          <span>
            {verdict.short ?? verdictLabels[verdict.verdict]}
            {verdict.findingKey ? (
              <>
                {" · "}
                <Link href={`${root}/findings/${verdict.findingKey}`} className="link">
                  {verdict.findingKey}
                </Link>
              </>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  );
}

function RegionsRead({ scan }: { readonly scan: ScanRow }) {
  if (scan.regionsTotal === null || scan.regionsRead === null)
    return <span className="text-ink-3">unknown</span>;
  const missing = scan.regionsTotal - scan.regionsRead;
  return (
    <span className={missing > 0 ? "text-wait" : undefined}>
      {scan.regionsRead} of {scan.regionsTotal}
    </span>
  );
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
      <div className="max-md:hidden">
        <Table caption="Scans">
          <thead>
            <tr>
              <Th>Scan</Th>
              {showAccount ? <Th>Account</Th> : null}
              <Th>State</Th>
              <Th>Result</Th>
              <Th>Regions read</Th>
              <Th>Calls</Th>
              <Th>Took</Th>
              <Th>Started by</Th>
              <Th>When</Th>
            </tr>
          </thead>
          <tbody>
            {scans.map((scan) => (
              <Tr key={scan.id} className="hover:bg-sunken">
                <Td>
                  <Link
                    href={`${root}/scans/${scan.number}`}
                    className="font-semibold text-ink no-underline hover:text-brand hover:underline"
                  >
                    #{scan.number}
                  </Link>
                </Td>
                {showAccount ? <Td className="whitespace-nowrap">{scan.accountName}</Td> : null}
                <Td>
                  <ScanStatus status={scan.status} />
                </Td>
                <Td className="min-w-[180px]">
                  <ScanVerdicts scan={scan} root={root} />
                </Td>
                <Td className="text-small whitespace-nowrap">
                  <RegionsRead scan={scan} />
                </Td>
                <Td className="text-small">{scan.apiCalls ?? ""}</Td>
                <Td className="text-small whitespace-nowrap">
                  {scan.durationMs === null ? "" : durationText(scan.durationMs)}
                </Td>
                <Td className="text-small whitespace-nowrap text-ink-2">
                  {scanTriggerLabels[scan.trigger]}
                  {scan.requestedBy ? ` · ${scan.requestedBy}` : ""}
                </Td>
                <Td className="text-small whitespace-nowrap text-ink-2">
                  <Time at={scan.requestedAt} />
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      </div>
      <ul aria-label="Scans" className="md:hidden">
        {scans.map((scan) => (
          <li key={scan.id} className="grid gap-1 border-b border-line px-4 py-3 last:border-b-0">
            <div className="flex items-center justify-between gap-2">
              <Link
                href={`${root}/scans/${scan.number}`}
                className="min-w-0 truncate font-semibold text-ink no-underline"
              >
                #{scan.number}
                {showAccount ? ` · ${scan.accountName}` : ""}
              </Link>
              <ScanStatus status={scan.status} />
            </div>
            <ScanVerdicts scan={scan} root={root} />
            <div className="text-small text-ink-3">
              {scanTriggerLabels[scan.trigger]} · <Time at={scan.requestedAt} />
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
