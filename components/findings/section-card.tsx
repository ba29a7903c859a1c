"use client";

import type { ComponentProps } from "react";
import { Glyph } from "@/components/coverage/glyph";
import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { CopyButton } from "@/components/ui/copy-button";
import { cx } from "@/components/ui/cx";
import { Definition, DefinitionList } from "@/components/ui/definition-list";
import { Section as PlainSection } from "@/components/ui/section";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Cell, FactsSection, Section, TableSection } from "@/lib/checks/description";

/**
 * What a check shows of an account beside its verdict, in the order in which it gives it. A client component for the
 * reason given at FindingRows.
 */
export function SectionCards({
  sections,
  isPlain = false,
}: {
  readonly sections: readonly Section[];
  /** Under a heading and a hairline, not in a card. */
  readonly isPlain?: boolean;
}) {
  return sections.map((section) =>
    section.kind === "table" ? (
      <TableCard key={section.id} section={section} isPlain={isPlain} />
    ) : (
      <FactsCard key={section.id} section={section} isPlain={isPlain} />
    ),
  );
}

function TableCard({
  section: { id, title, count, empty, columns, rows },
  isPlain,
}: {
  readonly section: TableSection;
  readonly isPlain: boolean;
}) {
  return (
    <Frame id={id} title={title} aside={count} flush isPlain={isPlain}>
      {rows.length === 0 ? (
        <p className="px-4 py-[14px] text-ink-2">{empty}</p>
      ) : (
        <Table caption={`${title} of this account`} className={isPlain ? "plain" : undefined}>
          <thead>
            <tr>
              {columns.map((column) => (
                <Th key={column.title}>{column.title}</Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells, isSuggested }) => (
              <Tr key={key}>
                {cells.map((cell, index) => (
                  <Td
                    key={columns[index]?.title}
                    className={
                      isPlain
                        ? undefined
                        : cx(index === 0 || cell.sign ? "min-w-[170px]" : "min-w-[120px]", "text-small")
                    }
                  >
                    <Value cell={cell} isName={index === 0} />
                    {index === 0 && isSuggested ? <Suggested isPlain={isPlain} /> : null}
                    <Below cell={cell} />
                  </Td>
                ))}
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </Frame>
  );
}

/** The one that the remediation names. */
function Suggested({ isPlain }: { readonly isPlain: boolean }) {
  return isPlain ? (
    <small className="tag ms-2 bg-sunken text-ink-2">Suggested</small>
  ) : (
    <span className="text-small text-brand"> · change this one</span>
  );
}

function FactsCard({
  section: { id, title, facts },
  isPlain,
}: {
  readonly section: FactsSection;
  readonly isPlain: boolean;
}) {
  return (
    <Frame id={id} title={title} isPlain={isPlain}>
      <DefinitionList>
        {facts.map(({ term, value }) => (
          <Definition key={term} term={term}>
            <Value cell={value} isName={false} />
            <Below cell={value} />
          </Definition>
        ))}
      </DefinitionList>
    </Frame>
  );
}

function Frame({ isPlain, ...rest }: ComponentProps<typeof Card> & { readonly isPlain: boolean }) {
  return isPlain ? <PlainSection {...rest} /> : <Card {...rest} />;
}

const tones = { blind: "text-blind", wait: "text-wait", quiet: "text-ink-2" } as const;

function Value({ cell: { text, isCode, sign }, isName }: { readonly cell: Cell; readonly isName: boolean }) {
  if (sign) {
    return (
      <span className={cx("inline-flex items-start gap-[6px]", sign.tone ? tones[sign.tone] : "text-ink")}>
        <span className="mt-px">
          <Glyph name={sign.glyph} />
        </span>
        {text}
      </span>
    );
  }
  if (isCode) return <Code>{text}</Code>;
  return isName ? <span className="text-body font-semibold [overflow-wrap:anywhere]">{text}</span> : text;
}

/** Set under the text of a value with a sign, not under the sign. */
function Below({ cell: { text, sign, note, moment, copy } }: { readonly cell: Cell }) {
  return (
    <>
      {note ? <div className={cx("font-normal text-ink-3", sign && "ps-[22px]")}>{note}</div> : null}
      {moment ? (
        <div className={cx("font-normal text-ink-3", sign && "ps-[22px]")}>
          {moment.label} <Time at={moment.at} />
        </div>
      ) : null}
      {copy ? (
        <div className="-ms-2">
          <CopyButton
            text={copy.text}
            label={copy.label}
            what={`of ${text}`}
            className="min-h-6! text-meta! font-normal!"
          />
        </div>
      ) : null}
    </>
  );
}
