import type { ReactNode } from "react";
import { RichText } from "@/components/ui/rich-text";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { FrameworkMapping } from "@/lib/checks/check";
import type { PageSource, PeerRow } from "@/lib/checks/check-page";

export function FrameworkTable({ frameworks }: { readonly frameworks: readonly FrameworkMapping[] }) {
  return (
    <Table caption="Framework mappings" className="mt-4">
      <thead>
        <tr>
          <Th className="ps-0!">Framework</Th>
          <Th>Reference</Th>
          <Th>How it supports it</Th>
        </tr>
      </thead>
      <tbody>
        {frameworks.map((mapping) => (
          <Tr key={`${mapping.framework} ${mapping.id}`}>
            <Td className="ps-0! whitespace-nowrap">{mapping.framework}</Td>
            <Td className="min-w-[96px] font-medium">{mapping.id}</Td>
            <Td className="min-w-[260px] text-ink-2">
              {mapping.rationale ?? ""} <span className="text-ink-3">({mapping.wording})</span>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

export function PeerTable({ rows }: { readonly rows: readonly PeerRow[] }) {
  return (
    <Table caption="How verdicts differ" className="mt-4">
      <thead>
        <tr>
          <Th className="ps-0!">Rule</Th>
          <Th>Passes when</Th>
          <Th>Leaves open</Th>
          <Th>Posturio</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Tr key={row.tool} className="align-top">
            <Td className="min-w-[150px] ps-0! align-top font-medium [overflow-wrap:anywhere]">{row.tool}</Td>
            <Td className="min-w-[190px] align-top text-ink-2">{row.rule}</Td>
            <Td className="min-w-[190px] align-top text-ink-2">{row.differs}</Td>
            <Td className="min-w-[210px] align-top">{row.ours}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

export function SourceList({ sources }: { readonly sources: readonly PageSource[] }) {
  return (
    <ul className="mt-4 grid gap-2">
      {sources.map((source) => (
        <li key={source.url}>
          <a href={source.url} rel="noreferrer" className="link">
            {source.title}
          </a>
          <span className="text-ink-3">
            {" "}
            · {source.publisher} · read <DateOf date={source.readOn} />
          </span>
        </li>
      ))}
    </ul>
  );
}

export function History({ entries }: { readonly entries: readonly { date: string; text: string }[] }) {
  return (
    <dl className="mt-4">
      {entries.map((entry) => (
        <div
          key={entry.date + entry.text}
          className="grid gap-x-4 border-t border-line py-2 sm:grid-cols-[130px_1fr]"
        >
          <dt className="text-ink-3">
            <DateOf date={entry.date} />
          </dt>
          <dd>{entry.text}</dd>
        </div>
      ))}
    </dl>
  );
}

const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** A day in words: `22 November 2026`. */
export function DateOf({ date }: { readonly date: string }) {
  return <time dateTime={date}>{day.format(new Date(date))}</time>;
}

/** What the check is, fact by fact. */
export function Metadata({
  rows,
}: {
  readonly rows: readonly { readonly term: string; readonly text: ReactNode }[];
}) {
  return (
    <table className="mt-4 w-full border-collapse text-left">
      <caption className="sr-only">Check metadata</caption>
      <tbody>
        {rows.map(({ term, text }) => (
          <tr key={term} className="border-b border-line first:border-t">
            <th
              scope="row"
              className="w-[150px] py-[9px] pe-4 align-top font-normal text-ink-3 max-sm:w-[104px]"
            >
              {term}
            </th>
            <td className="py-[9px] align-top font-medium [overflow-wrap:anywhere]">{text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Questions({
  faqs,
}: {
  readonly faqs: readonly { readonly id: string; readonly question: string; readonly answer: string }[];
}) {
  return (
    <div className="mt-2">
      {faqs.map((faq) => (
        <div key={faq.id} className="border-b border-line py-5 last:border-b-0">
          <h3 id={faq.id} className="group max-w-[44em] text-lead font-semibold">
            {faq.question}{" "}
            <a
              href={`#${faq.id}`}
              aria-label={`Link to: ${faq.question}`}
              className="text-ink-3 no-underline opacity-0 group-hover:opacity-100 focus:opacity-100"
            >
              #
            </a>
          </h3>
          <p className="mt-2 max-w-[68ch] text-lead text-ink-2">
            <RichText>{faq.answer}</RichText>
          </p>
        </div>
      ))}
    </div>
  );
}
