import { CoverageMap } from "@/components/coverage/coverage-map";
import { Glyph } from "@/components/coverage/glyph";
import { countByDetail, lookOf } from "@/components/coverage/outcome";
import { VerdictSentence } from "@/components/findings/verdict-sentence";
import type { SentencePart } from "@/lib/checks/description";
import type { RegionOutcome } from "@/lib/checks/evaluation";

/** Map, sentence and counts of one evaluation: the same parts as on a finding. */
export function CoverageFigure({
  regions,
  sentence,
  caption,
}: {
  readonly regions: readonly RegionOutcome[];
  readonly sentence: readonly SentencePart[];
  readonly caption: string;
}) {
  return (
    <figure className="rounded-card border border-line bg-surface">
      <div className="px-3 pt-3">
        <CoverageMap markers={regions.map(({ name, detail }) => ({ name, glyph: lookOf(detail).glyph }))} />
      </div>
      <div className="px-4 pb-4">
        <VerdictSentence parts={sentence} as="p" size="title" />
        <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 border-t border-line pt-3 text-meta text-ink-2">
          {countByDetail(regions).map(({ detail, count }) => (
            <li key={detail} className="inline-flex items-center gap-[6px]">
              <Glyph name={lookOf(detail).glyph} size={14} />
              {count} {lookOf(detail).text.toLowerCase()}
            </li>
          ))}
        </ul>
        <figcaption className="mt-2 text-meta text-ink-3">{caption}</figcaption>
      </div>
    </figure>
  );
}
