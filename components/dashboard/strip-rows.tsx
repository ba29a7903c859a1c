"use client";

import { Link } from "@/components/ui/link";
import { cellPaths } from "./strip-cells";

export interface ShownRow {
  /** Below the organization's root. */
  readonly href: string;
  readonly name: string;
  /** See cellLetter(). */
  readonly cells: string;
  /** What is so today. */
  readonly value: string;
  readonly tone?: "blind" | "wait";
  /** What the cells say, for who does not see them. */
  readonly words: string;
}

/**
 * The rows of the strip. A client component, because what the server renders is sent twice: a row is sent as a few short
 * texts and drawn from them on both sides.
 */
export function StripRows({ rows, root }: { readonly rows: readonly ShownRow[]; readonly root: string }) {
  return (
    <ul className="coverage-strip">
      {rows.map(({ href, name, cells, value, tone, words }) => (
        <li key={href}>
          <Link href={`${root}${href}`}>
            <b>{name}</b>
            <Cells letters={cells} />
            <span className="sr-only">{words}</span>
            <em className={tone}>{value}</em>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Days as a row of cells, 12 pixels each. */
export function Cells({ letters }: { readonly letters: string }) {
  return (
    <svg
      viewBox={`0 0 ${letters.length * 12 - 2} 18`}
      width={letters.length * 12 - 2}
      height="18"
      aria-hidden="true"
    >
      {Object.entries(cellPaths(letters)).map(([look, d]) =>
        d === "" ? null : <path key={look} className={look} d={d} />,
      )}
    </svg>
  );
}
