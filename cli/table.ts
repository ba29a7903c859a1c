import type { Paint } from "./glyphs";

// biome-ignore lint/suspicious/noControlCharactersInRegex: colors are made of control characters
const colors = /\u001b\[\d+m/g;

/** Rows in aligned columns, two spaces between; the first row is the heading. The last column is not padded. */
export function table(rows: readonly (readonly string[])[], paint: Paint): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
    });
  }
  return rows.map((row, index) => {
    const cells = row.map((cell, column) =>
      column === row.length - 1 ? cell : cell + " ".repeat((widths[column] ?? 0) - widthOf(cell)),
    );
    const line = cells.join("  ").trimEnd();
    return index === 0 ? paint("dim", line) : line;
  });
}

function widthOf(cell: string): number {
  return [...cell.replace(colors, "")].length;
}
