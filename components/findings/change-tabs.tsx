import { CodeBlock } from "@/components/ui/code-block";
import { Folded } from "@/components/ui/folded";
import { RichText } from "@/components/ui/rich-text";
import { Tabs } from "@/components/ui/tabs";
import type { ChangeTab, Instruction } from "@/lib/checks/suggested-change";

/** How a tab gives what takes the change back: as the part `undo:<tab id>`, with the page, or not folded. */
type Undo = "folded" | "sent" | "open";

/**
 * The same thing done with several tools: one tab each, with copy and download. With `parts` only the tab shown first
 * is part of the page; the others are the parts `<parts>:<tab id>`.
 */
export function ChangeTabs({
  label,
  tabs,
  initial,
  parts,
  undo = "open",
}: {
  readonly label: string;
  readonly tabs: readonly ChangeTab[];
  readonly initial?: string | undefined;
  readonly parts?: string | undefined;
  readonly undo?: Undo;
}) {
  const [only] = tabs;
  if (only === undefined) return null;
  if (tabs.length === 1) return <ChangeTabBody tab={only} undo={undo} />;
  const shown = initial ?? only.id;
  const items = tabs.map((tab) => ({
    id: tab.id,
    label: tab.label,
    ...(parts === undefined || tab.id === shown
      ? { content: <ChangeTabBody tab={tab} undo={undo} /> }
      : { part: `${parts}:${tab.id}` }),
  }));
  return (
    <Tabs label={label} items={items} initial={initial} {...(parts === "way" ? { command: "tab" } : {})} />
  );
}

/** What to do, with its commands. */
export function Commands({ of, label }: { readonly of: Instruction; readonly label: string }) {
  return (
    <div className="stack gap-2">
      <p className="max-w-[68ch]">{of.text}</p>
      {of.parts && of.parts.length > 0 ? <CodeBlock label={label} parts={of.parts} wrap maxHeight /> : null}
    </div>
  );
}

/** What takes a tab's change back. */
export function UndoBody({ tab }: { readonly tab: ChangeTab }) {
  return tab.undo ? (
    <div className="pb-3 text-small text-ink-2">
      <Commands of={tab.undo} label={`${tab.label}: commands that take the change back`} />
    </div>
  ) : null;
}

/** What one tool does: code first, for it is what people come for; then steps, notes, and how to take it back. */
export function ChangeTabBody({ tab, undo = "open" }: { readonly tab: ChangeTab; readonly undo?: Undo }) {
  return (
    <div className="stack gap-2">
      {tab.parts.length > 0 ? (
        <CodeBlock
          label={tab.label}
          parts={tab.parts}
          file={tab.file}
          wrap={tab.language === "shell"}
          maxHeight
        />
      ) : null}
      {tab.steps && tab.steps.length > 0 ? (
        <ol className="grid max-w-[68ch] list-decimal gap-1 ps-5 text-small">
          {tab.steps.map((step) => (
            <li key={step}>
              <RichText>{step}</RichText>
            </li>
          ))}
        </ol>
      ) : null}
      {tab.notes && tab.notes.length > 0 ? (
        <ul className="grid max-w-[68ch] gap-1 text-small text-ink-2">
          {tab.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
      {tab.undo === undefined ? null : undo === "open" ? (
        <section className="border-t border-line pt-3">
          <h3 className="mb-1 text-small font-semibold text-ink">Undo</h3>
          <UndoBody tab={tab} />
        </section>
      ) : (
        <div className="folds">
          <Folded part={`undo:${tab.id}`} summary="Undo" isOpen={undo === "sent"}>
            {undo === "sent" ? <UndoBody tab={tab} /> : null}
          </Folded>
        </div>
      )}
    </div>
  );
}
