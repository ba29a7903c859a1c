import type { ReactNode } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import { RichText } from "@/components/ui/rich-text";
import type { PageSnippet, Passage } from "@/lib/checks/check-page";

export function Paragraphs({ texts }: { readonly texts: readonly string[] }) {
  return texts.map((text) => (
    <p key={text} className="mt-3 max-w-[68ch] text-lead text-ink-2 md:text-prose">
      <RichText>{text}</RichText>
    </p>
  ));
}

export function Points({ texts }: { readonly texts: readonly string[] }) {
  return (
    <ul className="mt-3 grid max-w-[68ch] list-disc gap-2 ps-5 text-lead text-ink-2 marker:text-ink-3">
      {texts.map((text) => (
        <li key={text}>
          <RichText>{text}</RichText>
        </li>
      ))}
    </ul>
  );
}

/** Something to copy with its name above and what the answer means below. */
export function Snippet({ snippet }: { readonly snippet: PageSnippet }) {
  return (
    <figure className="mt-4">
      <figcaption className="mb-[6px] text-small font-semibold">{snippet.label}</figcaption>
      <CodeBlock label={snippet.label} parts={[{ text: snippet.text }]} wrap={!snippet.text.includes("\n")} />
      {snippet.note ? (
        <p className="mt-[6px] max-w-[72ch] text-small leading-5 text-ink-2">
          <RichText>{snippet.note}</RichText>
        </p>
      ) : null}
    </figure>
  );
}

/** A part of the page under a second-level heading. */
export function Section({
  id,
  title,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <section aria-labelledby={id} className="mt-14 border-t border-line pt-6">
      <h2 id={id} className="verdict text-title">
        {title}
      </h2>
      {children}
    </section>
  );
}

/** A titled passage; `number` precedes the title when order matters. */
export function PassageView({ passage, number }: { readonly passage: Passage; readonly number?: number }) {
  return (
    <div className="mt-8">
      <h3 id={passage.id} className="flex max-w-[44em] gap-2 text-lead font-semibold text-ink md:text-[18px]">
        {number === undefined ? null : <span className="text-brand">{number}.</span>}
        {passage.title}
      </h3>
      <Paragraphs texts={passage.paragraphs} />
      {passage.points ? <Points texts={passage.points} /> : null}
      {passage.snippets?.map((snippet) => (
        <Snippet key={snippet.label} snippet={snippet} />
      ))}
    </div>
  );
}
