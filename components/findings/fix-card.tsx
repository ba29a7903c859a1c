import type { ReactNode } from "react";
import { Code } from "@/components/ui/code";
import { CodeBlock } from "@/components/ui/code-block";
import { Folded } from "@/components/ui/folded";
import { type BeforeAfter, followsTabs, type SuggestedChange } from "@/lib/checks/suggested-change";
import { ChangeTabs, Commands } from "./change-tabs";

/**
 * The one change to make, with this account's names filled in, and beside it what it is for: the blind Regions, or for
 * a finding that came back what keeps it fixed. Tools other than the first are the parts `way:<tab id>`, undoing is
 * `undo:<tab id>`, and what it means is `meaning`.
 */
export function FixCard({
  change,
  beside,
  isWhole,
  isBrief,
  children,
}: {
  readonly change: SuggestedChange;
  readonly beside: ReactNode | null;
  readonly isWhole: boolean;
  /** What changes is folded with what it means: the page says more important things. */
  readonly isBrief: boolean;
  /** What to wait for after it. */
  readonly children: ReactNode;
}) {
  const { tabs, managedBy, beforeAfter, permissions, reasons, notes } = change;
  const inTabs = followsTabs(change);
  const parts = isWhole ? undefined : "way";
  return (
    <section id="fix" aria-labelledby="fix-title" className="panel">
      <div className={beside ? "split" : undefined}>
        <div>
          <header>
            <h2 id="fix-title">{change.title}</h2>
            {change.target ? <span>{change.target}</span> : null}
          </header>
          {managedBy ? (
            <p className="warning">
              <b>{managedBy.text}</b> A command alone lasts only until its next deploy.
            </p>
          ) : reasons[0] ? (
            <p className="mt-[2px] text-small text-ink-2">{reasons[0]}</p>
          ) : null}
          <div className="mt-2">
            {tabs && tabs.length > 0 ? (
              <ChangeTabs
                label="Ways to make this change"
                tabs={tabs}
                initial={change.defaultTab}
                parts={parts}
                undo={isWhole ? "sent" : "folded"}
              />
            ) : change.command ? (
              <CodeBlock label="AWS CLI command" parts={change.command} wrap maxHeight />
            ) : null}
          </div>
          {change.steps.length > 0 && !inTabs ? (
            <ol className="mt-3 grid list-decimal gap-1 ps-5 text-small">
              {change.steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          ) : null}
          {beforeAfter && !isBrief ? <Attributes rows={beforeAfter} /> : null}
          {permissions ? (
            <p className="mt-2 text-small text-ink-2">
              Needs <Code>{permissions.actions.join(", ")}</Code> in account{" "}
              <Code>{permissions.account}</Code>.
            </p>
          ) : null}
          {reasons.length + notes.length > 0 || change.rollback || change.afterwards ? (
            <div className="folds">
              <Folded part="meaning" summary="What it means" isOpen={isWhole}>
                {isWhole ? <ChangeMeaning change={change} isBrief={isBrief} /> : null}
              </Folded>
            </div>
          ) : null}
        </div>
        {beside ? <div className="beside">{beside}</div> : null}
      </div>
      {children}
    </section>
  );
}

/** Why this change, what it costs and recovers; for older evaluations, which say so in no tab, how to take it back. */
export function ChangeMeaning({
  change,
  isBrief,
}: {
  readonly change: SuggestedChange;
  /** What changes is not on the page itself. */
  readonly isBrief: boolean;
}) {
  const { reasons, notes, rollback, afterwards, beforeAfter } = change;
  return (
    <div className="stack gap-2 pb-3 text-small text-ink-2">
      <ul className="grid gap-1">
        {[...reasons, ...notes].map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {isBrief && beforeAfter ? <Attributes rows={beforeAfter} /> : null}
      {rollback && !followsTabs(change) ? (
        <>
          <h3 className="font-semibold text-ink">Undo</h3>
          <Commands of={rollback} label="Commands that undo the change" />
        </>
      ) : null}
      {afterwards && afterwards.length > 0 ? (
        <>
          <h3 className="font-semibold text-ink">Once it delivers, not before</h3>
          {afterwards.map((instruction) => (
            <Commands key={instruction.text} of={instruction} label="Commands for afterwards" />
          ))}
        </>
      ) : null}
    </div>
  );
}

function Attributes({ rows }: { readonly rows: readonly BeforeAfter[] }) {
  if (rows.length === 0) return null;
  return (
    <table className="lines mt-2">
      <caption className="sr-only">What this changes</caption>
      <thead>
        <tr>
          <th scope="col">What changes</th>
          <th scope="col">Now</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.attribute}>
            <td>
              <Code>{row.attribute}</Code>
            </td>
            <td>{row.before}</td>
            <td>
              <b>{row.after}</b>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
