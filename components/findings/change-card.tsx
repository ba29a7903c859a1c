import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { CodeBlock } from "@/components/ui/code-block";
import { Notice } from "@/components/ui/notice";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { type BeforeAfter, followsTabs, type SuggestedChange } from "@/lib/checks/suggested-change";
import { ChangeTabs, Commands } from "./change-tabs";

/**
 * The one change to make, with this account's names filled in: steps, notes and undo are those of the open tab. Older
 * evaluations have them for the command only. Tools other than the first are the parts `way:<tab id>`.
 */
export function ChangeCard({
  change,
  isWhole,
}: {
  readonly change: SuggestedChange;
  readonly isWhole: boolean;
}) {
  const { tabs, managedBy, beforeAfter, rollback, permissions, afterwards } = change;
  const inTabs = followsTabs(change);
  return (
    <Card
      id="change"
      title={change.title}
      aside={
        change.target ? <span className="[overflow-wrap:anywhere]">Suggested: {change.target}</span> : null
      }
    >
      <div className="stack gap-3">
        <Sentences of={change.reasons} className="text-ink-2" />
        {managedBy ? (
          <Notice tone="wait" title={managedBy.text}>
            We opened its tab. A command alone lasts only until its next deploy.
          </Notice>
        ) : null}
        {tabs && tabs.length > 0 ? (
          <ChangeTabs
            label="Ways to make this change"
            tabs={tabs}
            initial={change.defaultTab}
            parts={isWhole ? undefined : "way"}
          />
        ) : change.command ? (
          <CodeBlock label="AWS CLI command" parts={change.command} wrap />
        ) : null}
        {change.steps.length > 0 && !inTabs ? (
          <ol className="grid max-w-[68ch] list-decimal gap-1 ps-5">
            {change.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        ) : null}
        {beforeAfter && beforeAfter.length > 0 ? <Attributes rows={beforeAfter} /> : null}
        {change.notes.length > 0 || permissions ? (
          <Part title="What it means">
            <Sentences of={change.notes} />
            {permissions ? (
              <p className="mt-1 max-w-[68ch]">
                Needed in account <Code>{permissions.account}</Code>:{" "}
                <Code>{permissions.actions.join(", ")}</Code>
              </p>
            ) : null}
          </Part>
        ) : null}
        {rollback && !inTabs ? (
          <Part title="Undo">
            <Commands of={rollback} label="Commands that undo the change" />
          </Part>
        ) : null}
        {afterwards && afterwards.length > 0 ? (
          <Part title="After verification, not before">
            {afterwards.map((instruction) => (
              <Commands key={instruction.text} of={instruction} label="Commands for after verification" />
            ))}
          </Part>
        ) : null}
      </div>
    </Card>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="border-t border-line pt-3 text-small text-ink-2">
      <h3 className="mb-1 font-semibold text-ink">{title}</h3>
      {children}
    </section>
  );
}

function Sentences({ of, className }: { readonly of: readonly string[]; readonly className?: string }) {
  if (of.length === 0) return null;
  return (
    <ul className={`grid max-w-[68ch] gap-1 ${className ?? ""}`}>
      {of.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

function Attributes({ rows }: { readonly rows: readonly BeforeAfter[] }) {
  return (
    <div className="rounded-control border border-line">
      <Table caption="What this changes">
        <thead>
          <tr>
            <Th>What changes</Th>
            <Th>Now</Th>
            <Th>After</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Tr key={row.attribute}>
              <Td>
                <Code>{row.attribute}</Code>
              </Td>
              <Td className="text-ink-2">{row.before}</Td>
              <Td className="font-semibold text-brand">{row.after}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
