import { causes } from "@/lib/findings/cause-states";
import { type FindingGroup, nobody } from "@/lib/findings/list-states";
import type { ListedFinding } from "@/lib/findings/list-view";
import { dayWords } from "./due-words";

/** Findings that stand together on a page, under one heading. */
export interface ShownGroup<Row> {
  readonly id: string;
  readonly title: string;
  /** On all pages. */
  readonly count: number;
  /** What one change would do for all of them. */
  readonly note?: string;
  readonly rows: readonly Row[];
}

/** The rows of a page in their groups, as they follow each other. */
export function groupsOf<Row>(
  group: FindingGroup,
  findings: readonly ListedFinding[],
  counts: ReadonlyMap<string | null, number>,
  shown: (finding: ListedFinding) => Row,
): readonly ShownGroup<Row>[] {
  const groups: (ShownGroup<Row> & { rows: Row[] })[] = [];
  let member: string | null | undefined;
  for (const finding of findings) {
    if (finding.member !== member || groups.length === 0) {
      member = finding.member;
      const count = counts.get(member) ?? 0;
      groups.push({ id: member ?? "none", count, ...headingOf(group, finding, count), rows: [] });
    }
    groups.at(-1)?.rows.push(shown(finding));
  }
  return groups;
}

function headingOf(
  group: FindingGroup,
  { member, accountName, owner }: ListedFinding,
  count: number,
): { readonly title: string; readonly note?: string } {
  if (group === "account") return { title: accountName };
  if (group === "owner") {
    return { title: member === nobody ? "Unassigned" : (owner?.name ?? "Somebody who has left") };
  }
  if (group === "dueWeek") return { title: member === null ? "No due date" : `Week of ${dayWords(member)}` };
  const cause = causes.find(({ rank }) => String(rank) === member);
  if (!cause) return { title: "No cause recorded" };
  return { title: cause.title, ...(cause.oneChange !== null && count > 1 ? { note: cause.oneChange } : {}) };
}
