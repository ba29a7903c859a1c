import type { ReactNode } from "react";
import { CoverageMap } from "@/components/coverage/coverage-map";
import { lookOf } from "@/components/coverage/outcome";
import { RegionGrid } from "@/components/coverage/region-grid";
import { VerdictSentence } from "@/components/findings/verdict-sentence";
import { CodeBlock } from "@/components/ui/code-block";
import type { RegionOutcome } from "@/lib/checks/evaluation";
import type { JudgedWorld } from "./worlds";

/** Find, fix, confirm: one account, one map, from the check's own words. */
export function Story({ before, after }: { readonly before: JudgedWorld; readonly after: JudgedWorld }) {
  const { change } = before.description;
  return (
    <ol className="mt-16 grid gap-y-16 md:mt-24">
      <Step
        word="Find"
        title="Every enabled Region gets an answer"
        below={<EnabledGrid regions={before.evaluation.regions} />}
        picture={<Said world={before} />}
      >
        <p>
          Logged, partly logged, not logged, delivery failing, or could not be read. If AWS refuses an answer,
          we name the permission or policy that blocked it. A Region we could not read never counts as a pass.
        </p>
      </Step>
      <Step
        word="Fix"
        title="One change, with your names filled in"
        picture={
          change?.command ? <CodeBlock label={`${change.title}: AWS CLI`} parts={change.command} /> : null
        }
      >
        <p>
          You see which trail to convert, why that one, what it costs and what to retire afterwards, as AWS
          CLI commands or as code, so that the next deployment does not undo it.
        </p>
        {change ? <p className="mt-4 text-lead font-semibold text-ink">{change.title}</p> : null}
        {change?.target ? <p className="text-small text-ink-3">{change.target}</p> : null}
      </Step>
      <Step
        word="Confirm"
        title="A scan asks every Region again"
        picture={<SmallMap regions={after.evaluation.regions} />}
      >
        <p>
          Nobody closes a finding by hand. It passes when each enabled Region reports a trail that logs, keeps
          all management events and delivers without error. The record of every scan is kept.
        </p>
        <Said world={after} />
      </Step>
    </ol>
  );
}

function Step({
  word,
  title,
  picture,
  below,
  children,
}: {
  readonly word: string;
  readonly title: string;
  readonly picture: ReactNode;
  /** Takes the whole width. */
  readonly below?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <li className="grid items-center gap-x-16 gap-y-6 border-t border-line pt-8 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
      <div>
        <p className="verdict text-section text-brand">{word}</p>
        <h2 className="verdict mt-1 text-title md:text-verdict">{title}</h2>
        <div className="mt-3 max-w-[52ch] text-lead text-ink-2">{children}</div>
      </div>
      <div className="min-w-0">{picture}</div>
      {below ? <div className="min-w-0 lg:col-span-2">{below}</div> : null}
    </li>
  );
}

/** The grid of a finding, without the Regions that are switched off. */
function EnabledGrid({ regions }: { readonly regions: readonly RegionOutcome[] }) {
  const cells = regions
    .filter(({ state }) => state !== "not_enabled")
    .map(({ name, detail }) => ({ name, ...lookOf(detail) }));
  return <RegionGrid cells={cells} />;
}

/** The finding's own sentence. */
function Said({ world }: { readonly world: JudgedWorld }) {
  return (
    <div className="mt-5 border-s-2 border-line ps-4">
      <VerdictSentence parts={world.description.sentence} as="p" size="title" />
    </div>
  );
}

export function SmallMap({ regions }: { readonly regions: readonly RegionOutcome[] }) {
  return <CoverageMap markers={regions.map(({ name, detail }) => ({ name, glyph: lookOf(detail).glyph }))} />;
}
