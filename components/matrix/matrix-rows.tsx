"use client";

import { CoverageBar } from "@/components/coverage/coverage-bar";
import { Link } from "@/components/ui/link";
import { regionOutcomeLabel } from "@/lib/checks/labels";
import type { RegionDetail } from "@/lib/findings/check-matrix-view";
import type { RegionCounts } from "@/lib/findings/finding-view";
import { detailLetters } from "./columns";

export interface ShownAccount {
  /** The end of its finding's address. */
  readonly id: string;
  readonly name: string;
  readonly environment: string;
  /** A letter for each column; a space where it has no such Region. */
  readonly states: string;
  readonly blind: string;
  readonly tone?: "blind" | "wait";
  readonly cause: string;
  /** Absent for a check of the whole account. */
  readonly counts?: RegionCounts;
}

const details = Object.entries(detailLetters) as [RegionDetail, string][];
const words = new Map(details.map(([detail, letter]) => [letter, regionOutcomeLabel(detail).text]));

/**
 * The rows of the matrix. A client component, because what the server renders is sent twice: a row is sent as a few
 * short texts. `edges`: the columns at which a geography begins.
 */
export function MatrixRows({
  rows,
  edges,
  path,
}: {
  readonly rows: readonly ShownAccount[];
  readonly edges: readonly number[];
  readonly path: string;
}) {
  return (
    <tbody>
      {rows.map(({ id, name, environment, states, blind, tone, cause }) => (
        <tr key={id}>
          <th scope="row">
            <Link href={`${path}/${id}`}>{name}</Link>
            {environment === "" ? null : <small>{environment}</small>}
          </th>
          {[...states].map((letter, place) => (
            <td
              // biome-ignore lint/suspicious/noArrayIndexKey: columns do not move
              key={place}
              data-s={letter === " " ? undefined : letter}
              className={edges.includes(place) ? "edge" : undefined}
            >
              {words.get(letter)}
            </td>
          ))}
          <td className="blind edge" data-tone={tone}>
            {blind}
          </td>
          <td className="cause" title={cause || undefined}>
            {cause}
          </td>
        </tr>
      ))}
    </tbody>
  );
}

/** One bar for each account: a phone has no room for columns. */
export function MatrixBars({
  rows,
  path,
}: {
  readonly rows: readonly ShownAccount[];
  readonly path: string;
}) {
  return (
    <ul className="matrix-bars">
      {rows.map(({ id, name, blind, tone, cause, counts }) => (
        <li key={id}>
          <Link href={`${path}/${id}`}>
            <p>
              <span>{name}</span>
              <span data-tone={tone}>{blind}</span>
            </p>
            {counts === undefined ? null : <CoverageBar regions={counts} />}
            {cause === "" ? null : <small>{cause}</small>}
          </Link>
        </li>
      ))}
    </ul>
  );
}
