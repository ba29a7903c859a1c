import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import type { SuggestedChange } from "@/lib/checks/verdict";

/** The one change to make, with this account's names filled in. */
export function ChangeCard({ change }: { readonly change: SuggestedChange }) {
  return (
    <Card
      id="change"
      title={change.title}
      aside={
        change.target ? <span className="[overflow-wrap:anywhere]">Suggested: {change.target}</span> : null
      }
    >
      <div className="stack gap-3">
        {change.reasons.length > 0 ? (
          <ul className="grid max-w-[68ch] gap-1 text-ink-2">
            {change.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        ) : null}
        {change.command ? <CodeBlock label="AWS CLI command" parts={change.command} wrap /> : null}
        {change.steps.length > 0 ? (
          <ol className="grid max-w-[68ch] list-decimal gap-1 ps-5">
            {change.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        ) : null}
        {change.notes.length > 0 ? (
          <ul className="grid max-w-[68ch] gap-1 text-small text-ink-2">
            {change.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        ) : null}
      </div>
    </Card>
  );
}
