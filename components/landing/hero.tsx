import { Glyph } from "@/components/coverage/glyph";
import { countByDetail, lookOf } from "@/components/coverage/outcome";
import { VerdictSentence } from "@/components/findings/verdict-sentence";
import { buttonClass } from "@/components/ui/button-class";
import { SmallMap } from "./story";
import type { JudgedWorld } from "./worlds";

export function Hero({ tryHref, world }: { readonly tryHref: string; readonly world: JudgedWorld | null }) {
  return (
    <div className="grid items-center gap-x-12 gap-y-10 pt-6 md:pt-14 lg:grid-cols-[minmax(0,4fr)_minmax(0,7fr)]">
      <div>
        <h1 className="verdict text-[36px] leading-[40px] md:text-landing">
          Know every Region no one is watching.
        </h1>
        <p className="mt-5 max-w-[40ch] text-prose text-ink-2">
          Posturio reads your AWS accounts in every enabled Region, says which of them leave no trail, and
          shows the one change that fixes it.
        </p>
        <p className="mt-8 flex flex-wrap gap-2">
          <a href="/signup" className={buttonClass("primary")}>
            Connect an AWS account
          </a>
          <a href={tryHref} className={buttonClass("outline")}>
            Check without signing up
          </a>
        </p>
        <p className="mt-4 max-w-[44ch] text-small text-ink-3">
          A read-only role with{" "}
          <a href="#permissions" className="link">
            exactly these permissions
          </a>
          . Or no role at all: paste what one command prints, and your browser does the rest.
        </p>
      </div>
      {world ? (
        <figure className="min-w-0">
          <SmallMap regions={world.evaluation.regions} />
          <figcaption className="mt-2 grid gap-x-8 gap-y-3 border-t border-dashed border-line-strong pt-4 sm:grid-cols-[minmax(0,1fr)_auto]">
            <VerdictSentence parts={world.description.sentence} as="p" size="title" />
            <Receipt world={world} />
          </figcaption>
        </figure>
      ) : null}
    </div>
  );
}

/** Counts like a till slip, in the words of the grid. */
function Receipt({ world }: { readonly world: JudgedWorld }) {
  return (
    <ul className="min-w-[220px] self-start font-mono text-code text-ink-2">
      {countByDetail(world.evaluation.regions).map(({ detail, count }) => (
        <li key={detail} className="flex items-center gap-2">
          <Glyph name={lookOf(detail).glyph} size={14} />
          {lookOf(detail).text}
          <span
            aria-hidden="true"
            className="min-w-4 flex-1 translate-y-[3px] border-b border-dotted border-line-strong"
          />
          <span className="text-ink">{count}</span>
        </li>
      ))}
    </ul>
  );
}
