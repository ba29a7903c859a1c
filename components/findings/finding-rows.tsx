"use client";

import { Link } from "@/components/ui/link";
import { Table, Th } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Assurance, Severity as SeverityWord } from "@/lib/checks/evaluation";
import type { Observation } from "@/lib/findings/lifecycle/states";
import { Severity } from "./severity";
import { ObservationMark } from "./status-tag";

export interface ShownFinding {
  /** Its key, or its id while it has none: the end of its address. */
  readonly id: string;
  readonly hasKey?: true;
  readonly observation: Observation;
  readonly assurance?: Assurance;
  readonly severity?: SeverityWord;
  readonly words: string;
  /** The words are those of an older verdict. */
  readonly isUnconfirmed?: true;
  readonly account: string;
  readonly number: string;
  readonly environment: string;
  readonly standing?: "disconnected" | "unreachable";
  readonly check: string;
  readonly decidedAt?: string;
  /** Older than the account's schedule allows. */
  readonly isStale?: true;
}

/**
 * The rows of a list of findings. A client component because such a list is most of its page: what the server renders is
 * sent twice, as markup and as the framework's copy of it, while this is sent as markup and a few values.
 */
export function FindingRows({
  rows,
  path,
}: {
  readonly rows: readonly ShownFinding[];
  readonly path: string;
}) {
  return (
    <div className="rounded-card border border-line bg-surface">
      <Table caption="Findings" className="rows finding-rows">
        <thead>
          <tr>
            <Th>Observation</Th>
            <Th>Severity</Th>
            <Th>Verdict</Th>
            <Th>Account</Th>
            <Th>Environment</Th>
            <Th>Check</Th>
            <Th>Last verdict</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                <ObservationMark observation={row.observation} assurance={row.assurance ?? null} />
              </td>
              <td>{row.severity ? <Severity value={row.severity} /> : null}</td>
              <td>
                <Link href={`${path}/${row.id}`}>
                  {row.words}
                  {row.isUnconfirmed ? <small> · last verdict, not confirmed</small> : null}
                </Link>
                {row.hasKey ? (
                  <>
                    {" "}
                    <code translate="no">{row.id}</code>
                  </>
                ) : null}
              </td>
              <td>
                {row.account}{" "}
                <small>
                  {row.number}
                  {row.standing ? ` · ${row.standing}` : ""}
                </small>
              </td>
              <td>{row.environment}</td>
              <td>
                <code translate="no">{row.check}</code>
              </td>
              <td>
                {row.decidedAt === undefined ? (
                  <i>no verdict</i>
                ) : row.isStale ? (
                  <b>
                    <Time at={row.decidedAt} /> · stale
                  </b>
                ) : (
                  <Time at={row.decidedAt} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
