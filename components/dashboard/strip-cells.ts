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
  /** Ground and base of what is logged. */
  readonly logged: string;
  readonly base: string;
  /** Ground of what is not logged, and its share. */
  readonly blindGround: string;
  readonly blind: string;
  readonly partial: string;
  readonly hatch: string;
  readonly unknown: string;
  readonly absent: string;
}

/** The cells of a row as one path for each look: 30 cells are eight elements. */
export function cellPaths(letters: string): CellPaths {
  const paths = {
    logged: "",
    base: "",
    blindGround: "",
    blind: "",
    partial: "",
    hatch: "",
    unknown: "",
    absent: "",
  };
  [...letters].forEach((letter, place) => {
    const x = place * step;
    if (letter === "c") {
      paths.logged += `M${x} 0h10v16h-10z`;
      paths.base += `M${x} 16h10v2h-10z`;
    } else if (letter === "p") {
      paths.partial += `M${x}.5 .5h9v17h-9z`;
      paths.hatch += `M${x + 1} 6l5-5M${x + 1} 12l8-8M${x + 1} 17l8-8M${x + 5} 17l4-4`;
    } else if (letter === "?") {
      paths.unknown += `M${x}.5 .5h9v17h-9z`;
    } else if (letter === ".") {
      paths.absent += `M${x + 4} 9h2`;
    } else if (letter !== "-") {
      const pixels = letter.charCodeAt(0) - 64;
      paths.blindGround += `M${x} 0h10v18h-10z`;
      paths.blind += `M${x} ${height - pixels}h10v${pixels}h-10z`;
    }
  });
  return paths;
}
