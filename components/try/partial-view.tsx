import { VerdictSentence } from "@/components/findings/verdict-sentence";
import { CodeBlock } from "@/components/ui/code-block";
import { RichText } from "@/components/ui/rich-text";
import { Tag } from "@/components/ui/tag";
import { verdictLabels } from "@/lib/checks/labels";
import type { PartialAnswer } from "@/lib/offline/partial-answer/partial-reading";

const tones = { FAIL: "blind", NOT_EVALUATED: "wait" } as const;

/** What one answer of AWS proves, what it leaves open, and how to go on. */
export function PartialView({ answer }: { readonly answer: PartialAnswer }) {
  return (
    <section aria-labelledby="verdict" className="mt-10">
      <h2 id="verdict" className="sr-only" tabIndex={-1}>
        Partial answer
      </h2>
      <VerdictSentence parts={answer.sentence} as="p" />
      <p className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-2 text-small text-ink-2">
        <Tag tone={tones[answer.verdict]}>{verdictLabels[answer.verdict]}</Tag>
        Partial answer, from one call in one Region
      </p>
      <div className="mt-6 grid gap-x-10 gap-y-6 md:grid-cols-2">
        <Points title="What this answer proves" texts={answer.proves} />
        <Points title="What it leaves open" texts={answer.leavesOpen} />
      </div>
      <h3 className="mt-6 text-lead font-semibold">Next</h3>
      <p className="mt-2 mb-3 max-w-[68ch] text-ink-2">
        <RichText>{answer.next.text}</RichText>
      </p>
      {answer.next.command ? (
        <CodeBlock label="Next command" parts={[{ text: answer.next.command }]} wrap />
      ) : null}
    </section>
  );
}

function Points({ title, texts }: { readonly title: string; readonly texts: readonly string[] }) {
  return (
    <div className="border-t border-line pt-3">
      <h3 className="text-lead font-semibold">{title}</h3>
      <ul className="mt-2 grid max-w-[68ch] gap-2 text-ink-2">
        {texts.map((text) => (
          <li key={text} className="[overflow-wrap:anywhere]">
            <RichText>{text}</RichText>
          </li>
        ))}
      </ul>
    </div>
  );
}
