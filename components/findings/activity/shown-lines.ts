import type { TimelineLine } from "@/lib/findings/timeline-view";
import { actorName, asideOf, deedOf } from "./activity-words";

/** Lines on the page, and rows of text that they take, about. Older lines are folded. */
const most = { lines: 4, rows: 5 };

/** Fewer are not worth a line of their own that unfolds them. */
const fewest = 2;

/** Characters of a row, in the window of a desktop. */
const rowLength = 90;

/**
 * How many of the lines the page shows, newest first: a page whose lines are long shows fewer. The newest is always
 * shown, and what one row of the history says stays together.
 */
export function shownLines(lines: readonly TimelineLine[], hasMore: boolean): number {
  let shown = 0;
  let rows = 0;
  for (const [place, line] of lines.entries()) {
    const needed = rows + rowsOf(line);
    const fits = place < most.lines && needed <= most.rows;
    if (place > 0 && !fits && line.cursor !== lines[place - 1]?.cursor) break;
    rows = needed;
    shown = place + 1;
  }
  const left = lines.slice(shown);
  const isWorthIt = hasMore || left.length >= fewest || left.some((line) => rowsOf(line) > 1);
  return isWorthIt ? shown : lines.length;
}

/** Rows of text that a line takes, about: an event in one paragraph, a comment below who wrote it. */
function rowsOf(line: TimelineLine): number {
  if (line.type === "comment")
    return line.body.split("\n").reduce((rows, { length }) => rows + rowsOfText(length), 1);
  const deed = line.actor.type === "system" ? null : deedOf(line);
  if (deed === null) return rowsOfText(line.text.length);
  const parts = [actorName(line.actor), deed.verb, deed.object, asideOf(deed), deed.note];
  return rowsOfText(parts.filter((part) => part !== null).join(" ").length);
}

function rowsOfText(length: number): number {
  return Math.max(1, Math.ceil(length / rowLength));
}
