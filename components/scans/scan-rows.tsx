"use client";

import { Glyph, type GlyphName } from "@/components/coverage/glyph";
import { Link } from "@/components/ui/link";
import { Table, Th } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Verdict } from "@/lib/checks/evaluation";
import type { ScanStatus as Status } from "@/lib/scans/scan-states";
import { ScanStatus } from "./scan-status";

export interface ShownScan {
  readonly number: number;
  /** Absent where all scans are of one account. */
  readonly account?: string;
  readonly status: Status;
  readonly verdicts: readonly { readonly verdict: Verdict; readonly words: string; readonly key?: string }[];
  /** Instead of verdicts, when there are none. */
  readonly why?: string;
  /** "16 of 17" */
  readonly regions?: string;
  readonly isPartial?: true;
  readonly calls?: number;
  readonly took?: string;
  readonly by: string;
  readonly at: string;
}

const glyphs: Readonly<Record<Verdict, GlyphName>> = {
  PASS: "logged",
  FAIL: "not-logged",
  NOT_EVALUATED: "could-not-read",
};

/** The rows of a list of scans. A client component for the reason given at FindingRows. */
export function ScanRows({
  rows,
  root,
  showAccount,
}: {
  readonly rows: readonly ShownScan[];
  readonly root: string;
  readonly showAccount: boolean;
}) {
  return (
    <Table caption="Scans" className={showAccount ? "rows scan-rows" : "rows scan-rows of-one-account"}>
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
        {rows.map((row) => (
          <tr key={row.number}>
            <td>
              <Link href={`${root}/scans/${row.number}`}>#{row.number}</Link>
            </td>
            {showAccount ? <td>{row.account}</td> : null}
            <td>
              <ScanStatus status={row.status} />
            </td>
            <td>{row.why === undefined ? <Verdicts of={row.verdicts} root={root} /> : <i>{row.why}</i>}</td>
            <td>
              {row.regions === undefined ? (
                <i>unknown</i>
              ) : row.isPartial ? (
                <b>{row.regions}</b>
              ) : (
                row.regions
              )}
            </td>
            <td>{row.calls}</td>
            <td>{row.took}</td>
            <td>{row.by}</td>
            <td>
              <Time at={row.at} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Verdicts({ of, root }: { readonly of: ShownScan["verdicts"]; readonly root: string }) {
  return (
    <ul>
      {of.map(({ verdict, words, key }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one per check, in the order of the checks
        <li key={index}>
          <Glyph name={glyphs[verdict]} />
          <span>
            {words}
            {key === undefined ? null : (
              <>
                {" · "}
                <Link href={`${root}/findings/${key}`} className="link">
                  {key}
                </Link>
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
