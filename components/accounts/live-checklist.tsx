"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { Glyph } from "@/components/coverage/glyph";
import { Code } from "@/components/ui/code";
import { cx } from "@/components/ui/cx";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import { Time } from "@/components/ui/time";
import { useLive } from "@/components/ui/use-live";
import type { ConnectionTestView, ConnectStep } from "@/lib/accounts/account-view";

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

/** The probes of a connection, ticking by themselves while the worker makes them. */
export function LiveChecklist({
  url,
  initial,
}: {
  readonly url: string;
  readonly initial: ConnectionTestView;
}) {
  const router = useRouter();
  const { state: test, lost } = useLive(url, initial, isOver);
  const over = isOver(test);
  const wasOver = isOver(initial);
  useEffect(() => {
    // The page around it shows the first scan once the account is connected.
    if (over && !wasOver) router.refresh();
  }, [over, wasOver, router]);
  const passed = test.steps.filter((step) => step.state === "passed").length;
  return (
    <div>
      <p aria-live="polite" className="mb-2 text-small text-ink-3">
        {test.status === "queued"
          ? "Waiting for a worker."
          : test.status === "running"
            ? `${passed} of ${test.steps.length} steps passed.`
            : test.status === "passed"
              ? `All ${test.steps.length} steps passed.`
              : `Stopped after ${passed} of ${test.steps.length} steps. Nothing was stored.`}
      </p>
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
                {step.result ?? (step.state === "skipped" ? "not tried" : null)}
                {step.at && step.state === "passed" && !step.result ? (
                  <Time at={step.at} style="clock" />
                ) : null}
              </span>
            </div>
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
