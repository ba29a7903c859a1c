import type { Cell, Section } from "@/lib/checks/description";

/** A section as rows of plain text: a heading, and what is under it. A suggested row has a star. */
export interface PlainSection {
  readonly title: string;
  readonly heading: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly hasSuggested: boolean;
}

/** The sections that have anything to show, without what is detail. */
export function plainSections(sections: readonly Section[]): readonly PlainSection[] {
  return sections.map(plain).filter(({ rows }) => rows.length > 0);
}

function plain(section: Section): PlainSection {
  const { title } = section;
  if (section.kind === "facts") {
    const rows = section.facts.map(({ term, value }) => [term, textOf(value)]);
    return { title, heading: [title, ""], rows, hasSuggested: false };
  }
  const { columns, rows } = section;
  const isShown = (_: unknown, index: number) => !columns[index]?.isDetail;
  return {
    title,
    heading: columns.filter(isShown).map((column) => column.title),
    rows: rows.map(({ cells, isSuggested }) =>
      cells
        .filter(isShown)
        .map((cell, index) => (index === 0 && isSuggested ? `${textOf(cell)} *` : textOf(cell))),
    ),
    hasSuggested: rows.some(({ isSuggested }) => isSuggested),
  };
}

function textOf({ text, note, moment }: Cell): string {
  const when = moment && `${moment.label} ${moment.at.slice(0, 16).replace("T", " ")} UTC`;
  return [text, note, when].filter(Boolean).join(" · ");
}
