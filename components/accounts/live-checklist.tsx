"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Glyph } from "@/components/coverage/glyph";
import { Code } from "@/components/ui/code";
import { cx } from "@/components/ui/cx";
import { ActionButton } from "@/components/ui/form/action-button";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import { Time } from "@/components/ui/time";
import { useLive } from "@/components/ui/use-live";
import { longestConnectStep } from "@/lib/accounts/account-states";
import type { ConnectionTestView, ConnectStep } from "@/lib/accounts/account-view";
import type { FormAction } from "@/lib/input/form-view";

function isOver(test: ConnectionTestView): boolean {
  return test.status === "passed" || test.status === "failed";
}

const stateWords: Readonly<Record<ConnectStep["state"], string>> = {
  waiting: "waiting",
  running: "running",
  passed: "passed",
  failed: "failed",
  skipped: "not tried",
};

function StepGlyph({ state }: { readonly state: ConnectStep["state"] }) {
  if (state === "running") return <Spinner />;
  if (state === "passed") return <Glyph name="logged" />;
  if (state === "failed") return <Glyph name="not-logged" />;
  return <Glyph name="waiting" />;
}

/** Where the test stands, in a sentence. Failing by itself and being stopped are two things. */
function summaryOf({ status, steps, isStopped }: ConnectionTestView): string {
  const passed = steps.filter((step) => step.state === "passed").length;
  switch (status) {
    case "queued":
      return "Waiting for a worker.";
    case "running":
      return `${passed} of ${steps.length} steps passed.`;
    case "passed":
      return `All ${steps.length} steps passed.`;
    case "failed":
      return isStopped
        ? `You or a colleague stopped it after ${passed} of ${steps.length} steps. Nothing was stored.`
        : `Failed after ${passed} of ${steps.length} steps. Nothing was stored.`;
  }
}

/** How long a step has been going on, of how long it may: `0:34 of 2:00`. Seconds are no news for a screen reader. */
function StepClock({ id, since }: { readonly id: ConnectStep["id"]; readonly since: string }) {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, []);
  const most = longestConnectStep[id];
  if (now === null) return null;
  const seconds = Math.max(0, Math.round((now - Date.parse(since)) / 1000));
  return (
    <span role="timer" aria-live="off" className="font-mono text-code whitespace-nowrap text-ink-2">
      {clockText(seconds)}
      {most === undefined ? null : ` of ${clockText(most)}`}
    </span>
  );
}

/** 0:34, 2:00 */
export function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** The probes of a connection, ticking by themselves while the worker makes them. */
export function LiveChecklist({
  url,
  initial,
  first,
  accountId,
  stop,
}: {
  readonly url: string;
  readonly initial: ConnectionTestView;
  /** Where to go by itself once the connection is proven: to what the first scan finds. */
  readonly first: string;
  readonly accountId: string;
  readonly stop: FormAction;
}) {
  const router = useRouter();
  const { state: test, lost } = useLive(url, initial, isOver);
  const over = isOver(test);
  const wasOver = isOver(initial);
  useEffect(() => {
    if (!over || wasOver) return;
    if (test.status === "passed") router.push(first);
    else router.refresh();
  }, [over, wasOver, test.status, first, router]);
  return (
    <div>
      <div className="mb-2 flex min-h-9 flex-wrap items-center justify-between gap-x-4">
        <p aria-live="polite" className="text-small text-ink-3">
          {summaryOf(test)}
        </p>
        {over ? null : (
          <ActionButton action={stop} values={{ accountId }} size="small" pendingText="Stopping…">
            Stop
          </ActionButton>
        )}
      </div>
      {lost ? (
        <Notice tone="wait" title="The live view lost its connection">
          The test is still running. This page will reconnect automatically.
        </Notice>
      ) : null}
      <ol className="border-b border-line">
        {test.steps.map((step) => (
          <li key={step.id} className="border-t border-line py-[9px]">
            <div className="grid grid-cols-[16px_minmax(0,1fr)_auto] items-center gap-x-3">
              <StepGlyph state={step.state} />
              <span
                className={cx(
                  step.state === "passed" && "font-medium",
                  step.state === "failed" && "font-semibold text-blind",
                  (step.state === "waiting" || step.state === "skipped") && "text-ink-3",
                )}
              >
                {step.title}
                <span className="sr-only">: {stateWords[step.state]}</span>
              </span>
              <span className="text-end text-small text-ink-3">
                {step.state === "running" && step.at && !over ? (
                  <StepClock key={step.id} id={step.id} since={step.at} />
                ) : (
                  (step.result ?? (step.state === "skipped" ? "not tried" : null))
                )}
                {step.at && step.state === "passed" && !step.result ? (
                  <Time at={step.at} style="clock" />
                ) : null}
              </span>
            </div>
            {step.state === "running" && step.result ? (
              <p className="mt-1 ms-7 text-small text-ink-2">{step.result}</p>
            ) : null}
            {step.error ? (
              <div
                role="alert"
                className="mt-2 ms-7 rounded-control border-s-2 border-s-blind bg-blind-tint px-3 py-2"
              >
                <p className="font-semibold">{step.error.title}</p>
                <p className="mt-[2px] text-small text-ink-2">{step.error.text}</p>
                <p className="mt-1 text-small">
                  <span className="font-semibold">What to do: </span>
                  {step.error.whatToDo}
                </p>
                <p className="mt-1 text-meta text-ink-2">
                  <Code className="text-meta!">{step.error.code}</Code>
                  {step.requestId ? (
                    <>
                      {" · request "}
                      <Code className="text-meta!">{step.requestId}</Code>
                    </>
                  ) : null}
                </p>
              </div>
            ) : null}
          </li>
        ))}
      </ol>
    </div>
  );
}
