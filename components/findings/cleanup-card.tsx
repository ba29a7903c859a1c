import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import type { Cleanup } from "@/lib/checks/description";

/** What a passing finding has too much of: each step with its own command and its undo, in the order to take them. */
export function CleanupCard({ cleanup }: { readonly cleanup: Cleanup }) {
  const { title, text, steps, kept } = cleanup;
  return (
    <Card id="cleanup" title={title}>
      <div className="stack gap-3">
        <ul className="grid max-w-[68ch] gap-1 text-ink-2">
          {text.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        {steps.length > 0 ? (
          <ol className="grid list-decimal gap-4 ps-5">
            {steps.map((step) => (
              <li key={step.key}>
                <div className="stack gap-2">
                  <h3 className="font-semibold [overflow-wrap:anywhere]">{step.title}</h3>
                  <p className="max-w-[68ch] text-ink-2 [overflow-wrap:anywhere]">{step.text}</p>
                  <CodeBlock label={`Command: ${step.title}`} parts={step.command} wrap />
                  <details>
                    <summary className="cursor-pointer text-small text-ink-2">Undo</summary>
                    <div className="stack mt-2 gap-2 text-small text-ink-2">
                      <p>{step.undo.text}</p>
                      {step.undo.parts ? (
                        <CodeBlock label={`Undo: ${step.title}`} parts={step.undo.parts} wrap />
                      ) : null}
                    </div>
                  </details>
                </div>
              </li>
            ))}
          </ol>
        ) : null}
        {kept.length > 0 ? (
          <ul className="grid gap-1 border-t border-line pt-3 text-small text-ink-2">
            {kept.map((sentence) => (
              <li key={sentence} className="max-w-[68ch]">
                {sentence}
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </Card>
  );
}
