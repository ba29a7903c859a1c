import { ChevronRight } from "lucide-react";
import { Card } from "@/components/ui/card";
import type { Guardrail } from "@/lib/checks/guardrail";
import { WayTabs } from "./way-tabs";

/** What keeps coverage from being lost again: each with what it stops and what it does not. */
export function GuardrailsCard({ guardrails }: { readonly guardrails: readonly Guardrail[] }) {
  if (guardrails.length === 0) return null;
  return (
    <Card id="guardrails" title="Guardrails" aside="Keep it fixed" flush>
      <ul>
        {guardrails.map((guardrail) => (
          <li key={guardrail.id} className="border-b border-line last:border-b-0">
            <details className="group">
              <summary className="flex cursor-pointer list-none items-baseline gap-2 px-4 py-[10px] hover:bg-sunken focus-visible:-outline-offset-2 [&::-webkit-details-marker]:hidden">
                <ChevronRight
                  size={14}
                  strokeWidth={1.8}
                  aria-hidden="true"
                  className="shrink-0 self-center text-ink-3 group-open:rotate-90"
                />
                <span className="min-w-0">
                  <span className="font-semibold">{guardrail.title}</span>
                  {guardrail.relevance ? (
                    <span className="text-small text-ink-2"> · {guardrail.relevance}</span>
                  ) : null}
                </span>
              </summary>
              <Body guardrail={guardrail} />
            </details>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Body({ guardrail }: { readonly guardrail: Guardrail }) {
  return (
    <div className="stack gap-3 px-4 pt-1 pb-4">
      <div className="grid gap-x-8 gap-y-3 md:grid-cols-2">
        <Side title="What it stops" sentences={guardrail.stops} />
        <Side title="What it does not stop" sentences={guardrail.doesNotStop} />
      </div>
      <p className="text-small text-ink-2">
        <b className="font-semibold text-ink">Where:</b> {guardrail.where}
      </p>
      <WayTabs label={`Ways to set up: ${guardrail.title}`} tabs={guardrail.tabs} />
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
