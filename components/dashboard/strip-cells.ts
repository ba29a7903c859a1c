import type { CoverageCell } from "@/lib/snapshots/coverage-view";

/** Height of a cell, and the least that is drawn of what is not logged. */
const height = 18;
const leastBlind = 5;
const step = 12;

/**
 * A cell as one character: `c` logged, `p` in part, `?` unknown, `.` not connected, `-` not summed yet, and for what is
 * not logged a letter from E to R that is as many pixels high as its place in the alphabet.
 */
export function cellLetter({ state, seconds, regions }: CoverageCell): string {
  if (state === "covered") return "c";
  if (state === "partial") return "p";
  if (state === "unknown") return "?";
  if (state === "not_connected") return ".";
  if (state === "pending") return "-";
  const spent = seconds ?? regions;
  const all = spent.covered + spent.partial + spent.uncovered + spent.unknown;
  const pixels = Math.max(leastBlind, Math.min(height, Math.round((spent.uncovered / all) * height)));
  return String.fromCharCode(64 + pixels);
}

export interface CellPaths {
  /** Ground and base of what is logged: a dashed line of 10 and 2 pixels for each run of days. */
  readonly logged: string;
  readonly base: string;
  /** Ground of what is not logged, dashed alike, and its share. */
  readonly blindGround: string;
  readonly blind: string;
  readonly partial: string;
  readonly hatch: string;
  readonly unknown: string;
  readonly absent: string;
}

/** The cells of a row as one path for each look: 30 cells are eight elements at most. */
export function cellPaths(letters: string): CellPaths {
  const each = (letter: RegExp, draw: (x: number, letter: string) => string) =>
    [...letters].map((one, place) => (letter.test(one) ? draw(place * step, one) : "")).join("");
  const runs = (letter: RegExp, y: number) =>
    [...letters.matchAll(letter)]
      .map(({ 0: run, index }) => `M${index * step} ${y}h${run.length * step - 2}`)
      .join("");
  return {
    logged: runs(/c+/g, 8),
    base: runs(/c+/g, 17),
    blindGround: runs(/[E-R]+/g, 9),
    blind: each(/[E-R]/, (x, letter) => {
      const pixels = letter.charCodeAt(0) - 64;
      return `M${x} ${height - pixels}h10v${pixels}h-10z`;
    }),
    partial: each(/p/, (x) => `M${x}.5 .5h9v17h-9z`),
    hatch: each(/p/, (x) => `M${x + 1} 6l5-5m-5 11l8-8m-8 13l8-8m-4 8l4-4`),
    unknown: each(/\?/, (x) => `M${x}.5 .5h9v17h-9z`),
    absent: each(/\./, (x) => `M${x + 4} 9h2`),
  };
}
