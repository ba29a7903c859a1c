import { CodeBlock } from "@/components/ui/code-block";
import { Folded } from "@/components/ui/folded";
import { Section } from "@/components/ui/section";
import type { Guardrail } from "@/lib/checks/guardrail";
import { ChangeTabs } from "./change-tabs";

/** What keeps it fixed, a line each: what it stops and what it does not is the part `guardrail:<id>`. */
export function GuardrailsSection({
  guardrails,
  isWhole,
}: {
  readonly guardrails: readonly Guardrail[];
  readonly isWhole: boolean;
}) {
  if (guardrails.length === 0) return null;
  return (
    <Section id="guardrails" title="Keep it fixed" aside={`${guardrails.length} guardrails`}>
      <Rows guardrails={guardrails} isWhole={isWhole} />
    </Section>
  );
}

/** Beside the fix of a finding that came back: the guardrail that fits is open, the others are rows. */
export function GuardrailsBeside({
  guardrails: [best, ...others],
  isWhole,
}: {
  readonly guardrails: readonly Guardrail[];
  readonly isWhole: boolean;
}) {
  if (best === undefined) return null;
  const tab = best.tabs.find(({ parts }) => parts.length > 0);
  return (
    <section id="guardrails" aria-labelledby="guardrails-title">
      <header>
        <h2 id="guardrails-title">Keep it fixed</h2>
        <span>1 of {others.length + 1} fits best</span>
      </header>
      <h3 className="mt-2 text-small font-semibold">{best.title}</h3>
      <p className="mt-[2px] mb-2 text-small text-ink-2">{best.relevance ?? best.stops[0]}</p>
      {tab ? <CodeBlock label={`${best.title}: ${tab.label}`} parts={tab.parts} maxHeight /> : null}
      <Rows guardrails={[best, ...others]} isWhole={isWhole} first="All about it" />
    </section>
  );
}

function Rows({
  guardrails,
  isWhole,
  first,
}: {
  readonly guardrails: readonly Guardrail[];
  readonly isWhole: boolean;
  /** What the first one's line says in place of its title. */
  readonly first?: string;
}) {
  return (
    <ul className="fold-rows">
      {guardrails.map((guardrail, index) => (
        <li key={guardrail.id}>
          <Folded
            part={`guardrail:${guardrail.id}`}
            isOpen={isWhole}
            summary={
              index === 0 && first !== undefined ? (
                first
              ) : (
                <>
                  <b>{guardrail.title}</b>
                  {guardrail.relevance && first === undefined ? ` · ${guardrail.relevance}` : null}
                </>
              )
            }
          >
            {isWhole ? <GuardrailBody guardrail={guardrail} /> : null}
          </Folded>
        </li>
      ))}
    </ul>
  );
}

export function GuardrailBody({ guardrail }: { readonly guardrail: Guardrail }) {
  return (
    <div className="stack @container gap-3 pt-1 pb-4">
      <div className="grid gap-x-8 gap-y-3 @xl:grid-cols-2">
        <Side title="What it stops" sentences={guardrail.stops} />
        <Side title="What it does not stop" sentences={guardrail.doesNotStop} />
      </div>
      <p className="text-small text-ink-2">
        <b className="font-semibold text-ink">Where:</b> {guardrail.where}
      </p>
      <ChangeTabs label={`Ways to set up: ${guardrail.title}`} tabs={guardrail.tabs} />
    </div>
  );
}

function Side({ title, sentences }: { readonly title: string; readonly sentences: readonly string[] }) {
  return (
    <div className="text-small">
      <p className="mb-1 font-semibold">{title}</p>
      <ul className="grid gap-1 text-ink-2">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}
