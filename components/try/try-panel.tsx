"use client";

import { type DragEvent, useRef, useState } from "react";
import { buttonClass } from "@/components/ui/button-class";
import { Code } from "@/components/ui/code";
import { cx } from "@/components/ui/cx";
import type { CheckDefinition } from "@/lib/checks/check";
import type { Description } from "@/lib/checks/description";
import type { Evaluation } from "@/lib/checks/evaluation";
import { findCheck } from "@/lib/checks/registry";
import { partialAnswer } from "@/lib/offline/partial-answer/partial-answer";
import type { PartialAnswer } from "@/lib/offline/partial-answer/partial-reading";
import { type ParsedSaved, parseSaved } from "@/lib/offline/saved-answers/parse-saved";
import { PartialView } from "./partial-view";
import { ProblemList } from "./problem-list";
import { VerdictView } from "./verdict-view";

interface Judged {
  readonly check: CheckDefinition;
  readonly evaluation: Evaluation;
  readonly description: Description;
  readonly accountId: string;
  readonly takenAt: string;
}

type Outcome =
  | { readonly judged: Judged }
  | { readonly partial: PartialAnswer }
  | { readonly problems: Extract<ParsedSaved, { ok: false }>["problems"] };

function judge(checkId: string, text: string): Outcome {
  const parsed = parseSaved(text);
  if (!parsed.ok) {
    const partial = partialAnswer(checkId, text);
    if (partial && "answer" in partial) return { partial: partial.answer };
    return { problems: partial?.problems ?? parsed.problems };
  }
  const check = findCheck(checkId);
  if (check === undefined) return { problems: [] };
  const { facts, context } = parsed;
  const evaluation = check.evaluate(facts, context);
  const accountName = `account ${context.account.id}`;
  const description = check.describe(evaluation, facts, { ...context, accountName });
  return { judged: { check, evaluation, description, accountId: context.account.id, takenAt: context.now } };
}

/** Paste or drop saved answers and read the verdict. All of it happens here: no call leaves the page. */
export function TryPanel({
  checkId,
  sample,
  short,
}: {
  readonly checkId: string;
  readonly sample?: string | undefined;
  /** A command whose answer is enough for a partial answer. */
  readonly short: string | null;
}) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [dropping, setDropping] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const result = useRef<HTMLDivElement>(null);

  const check = (text: string) => {
    setOutcome(judge(checkId, text));
    requestAnimationFrame(() => result.current?.focus());
  };
  const put = (text: string) => {
    if (box.current) box.current.value = text;
    check(text);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setDropping(false);
    const [file] = event.dataTransfer.files;
    if (file) void file.text().then(put);
    else put(event.dataTransfer.getData("text"));
  };
  const showLine = (line: number) => {
    const area = box.current;
    if (!area) return;
    const lines = area.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    area.focus();
    area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
    area.scrollTop = (line - 1) * 18;
  };

  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          check(box.current?.value ?? "");
        }}
        onDragOver={(event) => {
          event.preventDefault();
          setDropping(true);
        }}
        onDragLeave={() => setDropping(false)}
        onDrop={drop}
      >
        <label htmlFor="answers" className="text-small font-semibold">
          Output of the command, or the file it wrote
        </label>
        {short ? (
          <p id="short" className="text-small text-ink-2">
            The output of <Code>{short}</Code> alone gives a partial answer.
          </p>
        ) : null}
        <textarea
          id="answers"
          ref={box}
          rows={6}
          spellCheck={false}
          autoComplete="off"
          translate="no"
          aria-describedby={short ? "short" : undefined}
          placeholder='{"format":"posturio-aws-answers-1", …'
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) check(event.currentTarget.value);
          }}
          className={cx(
            "mt-[6px] block w-full resize-y rounded-control border bg-surface p-3 font-mono text-code text-ink placeholder:text-ink-3",
            dropping ? "border-brand" : "border-line-strong",
          )}
        />
        <div className="mt-3 flex flex-wrap items-center gap-2">
          <button type="submit" className={buttonClass("primary")}>
            Check
            <kbd className="font-mono text-[11px] max-md:hidden">Ctrl ⏎</kbd>
          </button>
          <label
            className={cx(
              buttonClass("outline"),
              "relative cursor-pointer focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-brand",
            )}
          >
            Choose the file
            <input
              type="file"
              accept=".json,.txt,application/json,text/plain"
              className="absolute inset-0 cursor-pointer opacity-0"
              onChange={(event) => {
                const file = event.currentTarget.files?.[0];
                if (file) void file.text().then(put);
                event.currentTarget.value = "";
              }}
            />
          </label>
          {sample ? (
            <button type="button" onClick={() => put(sample)} className={buttonClass("quiet")}>
              Use an example account
            </button>
          ) : null}
        </div>
      </form>
      <div ref={result} tabIndex={-1} className="outline-none">
        {outcome && "problems" in outcome ? (
          <ProblemList problems={outcome.problems} onShow={showLine} />
        ) : null}
        {outcome && "partial" in outcome ? <PartialView answer={outcome.partial} /> : null}
        {outcome && "judged" in outcome ? <VerdictView {...outcome.judged} /> : null}
      </div>
    </>
  );
}
