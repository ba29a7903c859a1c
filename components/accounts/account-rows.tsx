"use client";

import { CoverageBar } from "@/components/coverage/coverage-bar";
import { Glyph } from "@/components/coverage/glyph";
import { observationLook } from "@/components/findings/status-tag";
import { Link } from "@/components/ui/link";
import { Table, Th } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { AccountStatus as Status } from "@/lib/accounts/account-states";
import type { Assurance } from "@/lib/checks/evaluation";
import type { RegionCounts } from "@/lib/findings/finding-view";
import type { Observation } from "@/lib/findings/lifecycle/states";
import { AccountStatus } from "./account-status";

export interface ShownAccount {
  /** Below the organization's address. */
  readonly path: string;
  readonly name: string;
  readonly number: string;
  readonly environment: string;
  readonly status: Status;
  readonly why?: string;
  readonly verdicts: readonly {
    readonly observation: Observation;
    readonly assurance?: Assurance;
    readonly words: string;
    readonly regions?: RegionCounts;
    readonly isUnconfirmed?: true;
  }[];
  readonly readAt?: string;
  readonly isStale?: true;
}

/** The rows of a list of accounts. A client component for the reason given at FindingRows. */
export function AccountRows({
  rows,
  root,
}: {
  readonly rows: readonly ShownAccount[];
  readonly root: string;
}) {
  return (
    <div className="rounded-card border border-line bg-surface">
      <Table caption="AWS accounts" className="rows account-rows">
        <thead>
          <tr>
            <Th>Account</Th>
            <Th>Environment</Th>
            <Th>Checks</Th>
            <Th>Last read</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.path} className={row.status === "unreachable" ? "bg-wait-tint" : undefined}>
              <td>
                <Link href={`${root}/${row.path}`}>{row.name}</Link> <small>{row.number}</small>
                {/* An account that is as it should be says nothing of it: what is not stands out. */}
                {row.status === "connected" ? null : (
                  <p>
                    <AccountStatus status={row.status} />
                    {row.why ? ` ${row.why}` : ""}
                  </p>
                )}
              </td>
              <td>{row.environment}</td>
              <td>
                {row.verdicts.length === 0 ? (
                  <i>Not scanned yet</i>
                ) : (
                  <ul>
                    {row.verdicts.map((verdict, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: one per check, in the order of the checks
                      <li key={index}>
                        <Glyph name={observationLook(verdict.observation, verdict.assurance ?? null).glyph} />
                        <span>
                          {verdict.words}
                          {verdict.regions === undefined ? null : <CoverageBar regions={verdict.regions} />}
                          {verdict.isUnconfirmed ? <small> · last verdict, not confirmed</small> : null}
                        </span>
                      </li>
                    ))}
                  </ul>
                )}
              </td>
              <td>
                <span className="md:hidden">read </span>
                {row.readAt === undefined ? (
                  <i>never</i>
                ) : row.isStale ? (
                  <b>
                    <Time at={row.readAt} /> · stale
                  </b>
                ) : (
                  <Time at={row.readAt} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
