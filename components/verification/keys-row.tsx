import type { ReactNode } from "react";
import { Time } from "@/components/ui/time";
import { count, plural } from "@/lib/text";
import type { KeyView, VerificationView } from "@/lib/verification/verification-view";
import { KeyRing } from "./key-ring";
import { countStates, lastAt } from "./proof-counts";
import { lengthText } from "./times";

/** Both keys side by side: what each asks, how far it is, and never one number for both. */
export function KeysRow({
  verification,
  isLooking,
}: {
  readonly verification: VerificationView;
  readonly isLooking: boolean;
}) {
  const { keyA, keyB } = verification;
  const b = wordsOfB(verification, isLooking);
  return (
    <div className="keys">
      <Key
        letter="A"
        title="Configuration"
        // Read once more, it says nothing of what it was before.
        view={keyA.state === "waiting" ? { ...keyA, regions: [] } : keyA}
        isLooking={false}
        big={bigA(keyA)}
      >
        <SubA verification={verification} />
      </Key>
      <Key letter="B" title={b.title} view={keyB} isLooking={isLooking} big={b.big}>
        {b.sub}
      </Key>
    </div>
  );
}

/** What key B is, how far it is, and what is left of it. */
function wordsOfB(
  { keyA, keyB, status }: VerificationView,
  isLooking: boolean,
): { readonly title: string; readonly big: string; readonly sub: ReactNode } {
  const { all, passed } = countStates(keyB);
  if (all > 0) {
    const waits = status !== "running" ? "not awaited" : isLooking ? "being read now" : "waiting";
    return {
      title: "Delivery",
      big: `${passed} of ${count(all, "Region")}`,
      sub: <SubB view={keyB} waits={waits} />,
    };
  }
  if (keyA.state === "waiting") {
    return { title: "Delivery", big: "Not begun", sub: "Our calls are made with the reading" };
  }
  return keyB.state === "waiting" && status !== "running"
    ? { title: "Second key", big: "Not needed", sub: "Key A already failed" }
    : {
        title: "Second reading",
        big: words[keyB.state],
        sub: "The account is read once more, some time later",
      };
}

function Key({
  letter,
  title,
  view,
  isLooking,
  big,
  children,
}: {
  readonly letter: "A" | "B";
  readonly title: string;
  readonly view: KeyView;
  readonly isLooking: boolean;
  readonly big: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="key">
      <KeyRing letter={letter} view={view} isLooking={isLooking} />
      <div>
        <h3>
          <span className="sr-only">Key {letter}: </span>
          {title}
        </h3>
        <p className="big">{big}</p>
        <p className="sub">{children}</p>
      </div>
    </div>
  );
}

function bigA(view: KeyView): string {
  const { all, passed, exempt } = countStates(view);
  if (view.state === "waiting") return "Reading";
  if (all === 0) return words[view.state];
  return `${passed + (view.state === "passed" ? exempt : 0)} of ${count(all, "Region")}`;
}

const words: Readonly<Record<KeyView["state"], string>> = {
  waiting: "Waiting",
  passed: "Turned",
  failed: "Failed",
  inconclusive: "Inconclusive",
};

function SubA({ verification: { keyA, startedAt } }: { readonly verification: VerificationView }) {
  const { failed, inconclusive, exempt } = countStates(keyA);
  const at = lastAt(keyA);
  switch (keyA.state) {
    case "waiting":
      return "Every enabled Region is read again";
    case "failed":
      return failed === 0 ? (
        "The check still fails"
      ) : (
        <b>{`${failed} still ${plural(failed, "fails", "fail")}`}</b>
      );
    case "inconclusive":
      return <b>{inconclusive === 0 ? "It could not be judged" : `${inconclusive} could not be read`}</b>;
    case "passed":
      return (
        <>
          {at === null ? (
            "Turned"
          ) : (
            <>
              Turned at <Time at={at} style="clock" />, in{" "}
              {lengthText((Date.parse(at) - Date.parse(startedAt)) / 1000)}
            </>
          )}
          {exempt > 0 ? `, ${exempt} inferred` : null}
        </>
      );
  }
}

function SubB({ view, waits }: { readonly view: KeyView; readonly waits: string }) {
  const { waiting, failed, inconclusive, exempt } = countStates(view);
  const at = lastAt(view);
  const left = [
    ...(waiting > 0 ? [`${waiting} ${waits}`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(inconclusive > 0 ? [`${inconclusive} inconclusive`] : []),
  ];
  if (left.length === 0 && at !== null) {
    return (
      <>
        Turned at <Time at={at} style="clock" />
        {exempt > 0 ? `, ${exempt} closed by policy` : null}
      </>
    );
  }
  return (
    <>
      <b>{left.join(" · ")}</b>
      {view.state === "inconclusive" && failed === 0 ? " · none failed" : null}
    </>
  );
}
