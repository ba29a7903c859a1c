import { CodeBlock } from "@/components/ui/code-block";
import { RichText } from "@/components/ui/rich-text";
import { type ChangeTab, followsTabs, type SuggestedChange } from "@/lib/checks/suggested-change";

/** The change a check suggests, whole and without client code: every tool is there, the first one open. */
export function ChangeView({
  change,
  scope = change.title,
}: {
  readonly change: SuggestedChange;
  /** Tells this change's code from that of others on the page, for screen readers. */
  readonly scope?: string;
}) {
  const tabs = change.tabs ?? [];
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <p className="max-w-[68ch] font-semibold">
        {change.title}
        {change.target ? <span className="font-normal text-ink-3"> · {change.target}</span> : null}
      </p>
      <Lines texts={change.reasons} />
      {tabs.length > 0 ? (
        <div className="border-y border-line">
          {tabs.map((tab, index) => (
            <details key={tab.id} open={index === 0} className="border-b border-line last:border-b-0">
              <summary className="py-[10px] font-medium hover:text-brand">{tab.label}</summary>
              <div className="grid grid-cols-[minmax(0,1fr)] gap-3 pb-4">
                <TabBody tab={tab} scope={scope} />
              </div>
            </details>
          ))}
        </div>
      ) : change.command ? (
        <CodeBlock label={`${scope}: AWS CLI`} parts={change.command} wrap />
      ) : null}
      {change.steps.length > 0 && !followsTabs(change) ? (
        <ol className="grid max-w-[68ch] list-decimal gap-1 ps-5">
          {change.steps.map((step) => (
            <li key={step} className="[overflow-wrap:anywhere]">
              <RichText>{step}</RichText>
            </li>
          ))}
        </ol>
      ) : null}
      <Lines texts={change.notes} />
    </div>
  );
}

function TabBody({ tab, scope }: { readonly tab: ChangeTab; readonly scope: string }) {
  return (
    <>
      {tab.parts.length > 0 ? <CodeBlock label={`${scope}: ${tab.label}`} parts={tab.parts} /> : null}
      {tab.steps && tab.steps.length > 0 ? (
        <ol className="grid max-w-[68ch] list-decimal gap-1 ps-5">
          {tab.steps.map((step) => (
            <li key={step}>
              <RichText>{step}</RichText>
            </li>
          ))}
        </ol>
      ) : null}
      <Lines texts={tab.notes ?? []} />
      {tab.undo ? (
        <>
          <p className="max-w-[68ch] text-small leading-5 text-ink-2">
            <b className="font-semibold text-ink">Undo:</b> {tab.undo.text}
          </p>
          {tab.undo.parts && tab.undo.parts.length > 0 ? (
            <CodeBlock label={`${scope}: ${tab.label}, undo`} parts={tab.undo.parts} />
          ) : null}
        </>
      ) : null}
    </>
  );
}

function Lines({ texts }: { readonly texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <ul className="grid max-w-[72ch] gap-1 text-small leading-5 text-ink-2">
      {texts.map((text) => (
        <li key={text} className="[overflow-wrap:anywhere]">
          <RichText>{text}</RichText>
        </li>
      ))}
    </ul>
  );
}
