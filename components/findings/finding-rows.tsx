"use client";

import { useEffect } from "react";
import { shapeHref } from "@/components/coverage/glyph";
import { cx } from "@/components/ui/cx";
import { Initials } from "@/components/ui/initials";
import { Link } from "@/components/ui/link";
import { Th } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { useListAddress, usePeek } from "./list/peek-address";
import { SelectBox, SelectMany } from "./selection/select-box";
import { showRows } from "./selection/selection";
import { Severity } from "./severity";
import { type PackedFinding, type ShownFinding, unpackFinding } from "./shown-finding";
import { ObservationMark } from "./status-tag";

interface Group {
  readonly id: string;
  readonly title: string;
  readonly count: number;
  readonly note?: string;
  readonly rows: readonly PackedFinding[];
}

/**
 * The rows of a list of findings. A client component because such a list is most of its page: what the server renders is
 * sent twice, as markup and as the framework's copy of it, while this is sent as markup and a few values.
 */
export function FindingRows({
  groups: packed,
  path,
  isGrouped,
  isOfOneAccount,
  selectIn,
}: {
  readonly groups: readonly Group[];
  readonly path: string;
  readonly isGrouped: boolean;
  readonly isOfOneAccount: boolean;
  /** The list with its filters, whose rows can be selected; null where nothing can be done with many. */
  readonly selectIn: string | null;
}) {
  const [from, setPeek] = [useListAddress(), usePeek()[1]];
  const groups = packed.map((group) => ({ ...group, rows: group.rows.map(unpackFinding) }));
  const ids = groups.flatMap(({ rows }) => rows.map(({ id }) => id));
  const name = ids.join(" ");
  useEffect(() => (selectIn === null ? undefined : showRows(selectIn, name.split(" "))), [selectIn, name]);
  return (
    <div className="finding-list">
      <table className={cx("data-table rows finding-rows", isOfOneAccount && "of-one-account")}>
        <caption className="sr-only">Findings</caption>
        <thead>
          <tr>
            <td>
              {selectIn === null ? null : (
                <SelectMany ids={ids} label="Select all on this page" command="select-all" />
              )}
            </td>
            <Th>Severity</Th>
            <Th>What and why</Th>
            <Th>Account</Th>
            <Th>Owner</Th>
            <Th>Due</Th>
            <Th>Failing for</Th>
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.id}>
            {isGrouped ? (
              <tr className="group">
                <td>
                  {selectIn === null ? null : (
                    <SelectMany
                      ids={group.rows.map(({ id }) => id)}
                      label={`Select ${group.title} on this page`}
                    />
                  )}
                </td>
                <th scope="rowgroup" colSpan={6}>
                  {group.title} <span>{group.count}</span>
                  {group.note ? <small>{group.note}</small> : null}
                </th>
              </tr>
            ) : null}
            {group.rows.map((row) => (
              <Row
                key={row.id}
                row={row}
                href={`${path}/${row.id}${isOfOneAccount ? "" : `?from=${encodeURIComponent(from)}`}`}
                peek={isOfOneAccount ? null : setPeek}
                isSelectable={selectIn !== null}
              />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function Row({
  row,
  href,
  peek,
  isSelectable,
}: {
  readonly row: ShownFinding;
  readonly href: string;
  /** Shows it beside the list; null where there is no room for that. */
  readonly peek: ((id: string) => void) | null;
  readonly isSelectable: boolean;
}) {
  return (
    <tr data-row={row.id}>
      <td>
        {isSelectable ? (
          <SelectBox id={row.id} name={row.hasNoKey ? `${row.words}, ${row.account}` : row.id} />
        ) : null}
      </td>
      <td>
        {row.observation === undefined && row.severity ? (
          <Severity value={row.severity} />
        ) : (
          <ObservationMark
            observation={row.observation ?? "failing"}
            assurance={row.assurance ?? null}
            status={row.status ?? "none"}
          />
        )}
      </td>
      <td>
        <Link href={href} data-row-link="">
          {row.isBack ? (
            <svg aria-hidden="true">
              <use href={shapeHref("back")} />
            </svg>
          ) : null}
          {`${row.isBack ? "Back again: " : ""}${row.words}`}
        </Link>
        {row.regions ? <small>{row.regions}</small> : null}
        {row.hasNoKey ? null : <code translate="no">{row.id}</code>}
        <Age row={row} />
        {peek ? (
          <button
            type="button"
            data-row-peek=""
            aria-label={`Peek at ${row.id}`}
            onClick={() => peek(row.id)}
          />
        ) : null}
      </td>
      <td title={row.number}>
        {row.account}
        <small>{`${row.environment}${row.standing ? ` · ${row.standing}` : ""}`}</small>
      </td>
      <td>
        {row.owner !== undefined ? (
          <>
            <Initials name={row.owner} />
            {row.owner}
          </>
        ) : row.isUnassigned ? (
          <i>Unassigned</i>
        ) : null}
      </td>
      <td className={row.urgency}>
        {row.due ? (
          <>
            <span>{row.due}</span>
            <small>{row.left}</small>
          </>
        ) : null}
      </td>
      <td>{row.since ? <time dateTime={row.since}>{row.lasts}</time> : null}</td>
    </tr>
  );
}

/** How old the verdict is, where it is not what a scan said when it was due. */
function Age({ row: { decidedAt, isUnconfirmed, isStale } }: { readonly row: ShownFinding }) {
  if (decidedAt === undefined) return null;
  const time = <Time at={decidedAt} />;
  if (isUnconfirmed) {
    return (
      <small>
        last verdict {time}, not confirmed{isStale ? <b> · stale</b> : null}
      </small>
    );
  }
  return isStale ? <b>{time} · stale</b> : null;
}
