import type { CheckDefinition } from "@/lib/checks/check";
import type { PageSituation } from "@/lib/checks/check-page";
import { ChangeView } from "./change-view";

/** The change for each way to fail, as the check itself gives it. The usual one is open. */
export function Situations({
  check,
  situations,
}: {
  readonly check: CheckDefinition;
  readonly situations: readonly PageSituation[];
}) {
  return (
    <div className="mt-6 border-y border-line">
      {situations.map(({ id, title, facts, context }, index) => {
        const evaluation = check.evaluate(facts, context);
        const { sentence, change } = check.describe(evaluation, facts, context);
        return (
          <details key={id} id={id} open={index === 0} className="border-b border-line last:border-b-0">
            <summary className="py-3 text-lead font-medium hover:text-brand">{title}</summary>
            <div className="pb-6">
              <p className="mb-3 max-w-[68ch] text-ink-2">
                On an example account the finding reads: “{sentence.map((part) => part.text).join("")}”
              </p>
              {change ? <ChangeView change={change} scope={title} /> : null}
            </div>
          </details>
        );
      })}
    </div>
  );
}
