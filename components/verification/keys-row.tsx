import type { ReactNode } from "react";
import { Time } from "@/components/ui/time";
import { count } from "@/lib/text";
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
  const { keyA, keyB, status } = verification;
  // Where key A failed nobody asked for more.
  const isNeedless = status !== "running" && keyB.state === "waiting";
  const isSecondReading = keyA.state !== "waiting" && keyB.regions.length === 0 && !isNeedless;
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
      <Key
        letter="B"
        title={
          isSecondReading
            ? "Second reading"
            : keyB.regions.length === 0 && isNeedless
              ? "Second key"
              : "Delivery"
        }
        view={keyB}
        isLooking={isLooking}
        big={keyB.regions.length === 0 && isNeedless ? "Not needed" : bigB(keyB, isSecondReading)}
      >
        {keyB.regions.length > 0 ? (
          <SubB
            view={keyB}
            waits={status !== "running" ? "not awaited" : isLooking ? "being read now" : "waiting"}
          />
        ) : isNeedless ? (
          "Key A had failed already"
        ) : isSecondReading ? (
          "The account is read once more, some time later"
        ) : (
          "Our calls are made with the reading"
        )}
      </Key>
    </div>
  );
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

function bigB(view: KeyView, isSecondReading: boolean): string {
  const { all, passed } = countStates(view);
  if (all > 0) return `${passed} of ${count(all, "Region")}`;
  return isSecondReading ? words[view.state] : "Not begun";
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
      return failed === 0 ? "The check still fails" : <b>{failed} not as the check wants</b>;
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
