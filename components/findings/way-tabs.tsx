import { CodeBlock } from "@/components/ui/code-block";
import { RichText } from "@/components/ui/rich-text";
import { Tabs } from "@/components/ui/tabs";
import type { ChangeTab } from "@/lib/checks/suggested-change";

/** The same thing done with several tools: one tab each, with copy and download. */
export function WayTabs({
  label,
  tabs,
  initial,
}: {
  readonly label: string;
  readonly tabs: readonly ChangeTab[];
  readonly initial?: string | undefined;
}) {
  const [only] = tabs;
  if (only === undefined) return null;
  if (tabs.length === 1) return <Way tab={only} />;
  const items = tabs.map((tab) => ({ id: tab.id, label: tab.label, content: <Way tab={tab} /> }));
  return <Tabs label={label} items={items} initial={initial} />;
}

function Way({ tab }: { readonly tab: ChangeTab }) {
  return (
    <div className="stack gap-2">
      {tab.steps && tab.steps.length > 0 ? (
        <ol className="grid max-w-[68ch] list-decimal gap-1 ps-5">
          {tab.steps.map((step) => (
            <li key={step}>
              <RichText>{step}</RichText>
            </li>
          ))}
        </ol>
      ) : null}
      {tab.parts.length > 0 ? (
        <CodeBlock
          label={tab.label}
          parts={tab.parts}
          file={tab.file}
          wrap={tab.language === "shell"}
          maxHeight
        />
      ) : null}
      {tab.notes && tab.notes.length > 0 ? (
        <ul className="grid max-w-[68ch] gap-1 text-small text-ink-2">
          {tab.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
