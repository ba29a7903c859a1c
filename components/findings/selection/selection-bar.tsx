"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { KeysOf } from "@/components/keys/keys";
import { type BulkResult, bulkLimit } from "@/lib/findings/bulk-states";
import { count } from "@/lib/text";
import { BulkDialog } from "./bulk-dialog";
import type { BulkKind } from "./bulk-fields";
import type { BulkServer } from "./bulk-server";
import { type Asked, hasHappened } from "./bulk-words";
import { clear, select, useSelection } from "./selection";
import { Skipped } from "./skipped";

const buttons: readonly (readonly [kind: BulkKind, label: string, title: (findings: string) => string])[] = [
  ["assign", "Assign", (findings) => `Assign ${findings}`],
  ["due", "Due date", (findings) => `Change the due date of ${findings}`],
  ["claim", "Claim fixed", (findings) => `Claim ${findings} fixed`],
  ["scan", "Scan", (findings) => `Scan the accounts of ${findings}`],
  ["watch", "Watch", (findings) => `Watch ${findings}`],
];

/** Longer addresses are refused on the way. */
const longestAddress = 8_000;

/** What can be done with the findings that are selected; nothing while none is. */
export function SelectionBar({
  kinds,
  server,
  path,
  query,
  total,
}: {
  /** What the reader may do. */
  readonly kinds: readonly BulkKind[];
  readonly server: BulkServer;
  /** Of the list. */
  readonly path: string;
  /** Of the list, as its URL has it. */
  readonly query: string;
  /** Findings that the list holds, on all pages. */
  readonly total: number;
}) {
  const { keys, shown } = useSelection();
  const [told, setTold] = useState<{ asked: Asked; result: BulkResult } | null>(null);
  const names = [...keys];
  const elsewhere = names.length - shown.filter((key) => keys.has(key)).length;
  const csv = `${path}.csv?keys=${names.join(",")}`;
  return (
    <div className="selection">
      <p role="status" className="sr-only">
        {names.length > 0 ? `${names.length} selected` : ""}
      </p>
      {told ? <Told {...told} path={path} onClose={() => setTold(null)} /> : null}
      {names.length > 0 ? (
        <div className="selection-bar" role="toolbar" aria-label="With the selected findings">
          <b>
            {names.length} selected
            {elsewhere > 0 ? <small> {elsewhere} not on this page</small> : null}
          </b>
          <SelectAll
            isPageSelected={elsewhere + shown.length === names.length}
            {...{ server, query, total }}
          />
          {buttons
            .filter(([kind]) => kinds.includes(kind))
            .map(([kind, label, title]) => (
              <BulkDialog
                key={kind}
                kind={kind}
                title={title(count(names.length, "finding"))}
                trigger={
                  <button
                    type="button"
                    data-command={kind}
                    className={kind === "assign" ? "first" : undefined}
                  >
                    {label}
                    <KeysOf command={kind} />
                  </button>
                }
                keys={names}
                server={server}
                path={path}
                onDone={(asked, result) => setTold({ asked, result })}
              />
            ))}
          {csv.length <= longestAddress ? (
            <a href={csv} download="">
              Export CSV
            </a>
          ) : null}
          <button type="button" data-command="clear" className="clear" onClick={clear}>
            Clear
            <KeysOf command="clear" />
          </button>
        </div>
      ) : null}
    </div>
  );
}

/** Once all of a page is selected: the rest of the list too, by its count. */
function SelectAll({
  isPageSelected,
  server,
  query,
  total,
}: {
  readonly isPageSelected: boolean;
  readonly server: BulkServer;
  readonly query: string;
  readonly total: number;
}) {
  const { keys } = useSelection();
  const [problem, setProblem] = useState<string | null>(null);
  if (!isPageSelected || keys.size >= total) return null;
  if (total > bulkLimit)
    return (
      <small>
        {total} match: at most {bulkLimit} can be changed at once
      </small>
    );
  const all = async () => {
    setProblem(null);
    const answer = await server.matching({ query }).catch(() => null);
    if (answer?.ok) select(answer.value, true);
    else setProblem(answer?.message ?? "The server did not answer. Nothing more was selected.");
  };
  return (
    <>
      <button type="button" data-command="select-all" onClick={all}>
        Select all {total} matching
      </button>
      {problem ? <small role="alert">{problem}</small> : null}
    </>
  );
}

/** What came of the last change, until somebody closes it or makes another. */
function Told({
  asked,
  result: { done, skipped },
  path,
  onClose,
}: {
  readonly asked: Asked;
  readonly result: BulkResult;
  readonly path: string;
  readonly onClose: () => void;
}) {
  return (
    <div className="selection-told">
      <div role="status">
        <p>{done.length === 0 ? "Nothing changed." : hasHappened(asked, done.length)}</p>
        <Skipped skipped={skipped} path={path} />
      </div>
      <button type="button" aria-label="Close" onClick={onClose}>
        <X size={16} strokeWidth={1.6} aria-hidden="true" />
      </button>
    </div>
  );
}
