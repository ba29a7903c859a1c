import { Card } from "@/components/ui/card";
import { Folded } from "@/components/ui/folded";
import type { Guardrail } from "@/lib/checks/guardrail";
import { ChangeTabs } from "./change-tabs";

/**
 * What keeps coverage from being lost again: each with what it stops and what it does not, folded: the part
 * `guardrail:<id>`.
 */
export function GuardrailsCard({
  guardrails,
  isWhole,
}: {
  readonly guardrails: readonly Guardrail[];
  readonly isWhole: boolean;
}) {
  if (guardrails.length === 0) return null;
  return (
    <Card id="guardrails" title="Guardrails" aside="Keep it fixed" flush>
      <ul>
        {guardrails.map((guardrail) => (
          <li key={guardrail.id} className="border-b border-line last:border-b-0">
            <Folded
              part={`guardrail:${guardrail.id}`}
              isOpen={isWhole}
              summary={
                <>
                  <b>{guardrail.title}</b>
                  {guardrail.relevance ? ` · ${guardrail.relevance}` : null}
                </>
              }
            >
              {isWhole ? <GuardrailBody guardrail={guardrail} /> : null}
            </Folded>
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function GuardrailBody({ guardrail }: { readonly guardrail: Guardrail }) {
  return (
    <div className="stack gap-3 px-4 pt-1 pb-4">
      <div className="grid gap-x-8 gap-y-3 md:grid-cols-2">
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
