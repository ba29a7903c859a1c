import type { FindingView } from "@/lib/findings/finding-view";
import type { ReceiptView } from "@/lib/findings/receipt-view";

/** How urgent a finding is, and line by line why. Nothing while there is no priority. */
export function PriorityReceipt({
  finding,
  accountHref,
  hasRegions,
}: {
  readonly finding: FindingView;
  readonly accountHref: string;
  /** The page shows the Regions. */
  readonly hasRegions: boolean;
}) {
  const { receipt, priority } = finding;
  if (receipt === null || priority === null) return null;
  const facts: Readonly<Record<ReceiptView["lines"][number]["id"], string | null>> = {
    severity: finding.decided?.evaluation.severityReason ? "#severity" : null,
    blind: hasRegions ? "#regions" : null,
    environment: accountHref,
    sla: "#due",
    recurrence: finding.back ? "#back" : null,
    silent: hasRegions ? "#regions" : null,
  };
  return (
    <section className="receipt" aria-label="Priority">
      <p>
        <span>Priority</span> <b>{receipt.score}</b> <span>{priority}</span>
      </p>
      <dl>
        {receipt.lines.map(({ id, points, text }) => {
          const href = facts[id];
          return (
            <div key={id} className={points === 0 ? "text-ink-3" : undefined}>
              <dt>{href === null ? text : <a href={href}>{text}</a>}</dt>
              <dd>{points === 0 ? "0" : `+${points}`}</dd>
            </div>
          );
        })}
      </dl>
      <small>{receipt.note}</small>
    </section>
  );
}
