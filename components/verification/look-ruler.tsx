import type { CSSProperties } from "react";
import { Time } from "@/components/ui/time";
import type { VerificationView } from "@/lib/verification/verification-view";
import { clockText, lookMarks, lookUnit, zeroOf } from "./times";

/** How long it has taken, when it looks, and that nobody has to wait for it. */
export function LookRuler({
  verification,
  now,
  tells,
}: {
  readonly verification: VerificationView;
  readonly now: number;
  /** Who is told when it is decided. */
  readonly tells: string;
}) {
  const { looksAt, nextAt } = verification;
  const marks = lookMarks(verification);
  const last = looksAt.at(-1);
  const elapsed = (now - zeroOf(verification)) / 1000;
  const length = last === undefined ? 1 : Math.max(1, (Date.parse(last) - zeroOf(verification)) / 1000);
  const next = marks.find(({ state }) => state === "next");
  return (
    <>
      {marks.length > 0 ? (
        <div className="ruler">
          <p>
            <span className="elapsed">{clockText(elapsed)}</span>
            <span className="sub">elapsed</span>
          </p>
          <div
            className="looks"
            role="img"
            aria-label={`Looks after ${marks.map(({ text }) => text).join(", ")} ${lookUnit(verification)}, ${verification.looksDone} done`}
          >
            <b style={{ width: percent(Math.min(100, (elapsed / length) * 100)) }} />
            {marks.map(({ at, place, text, state }) => (
              <i key={at} className={state} style={{ insetInlineStart: percent(place) } as CSSProperties}>
                <span>{text}</span>
              </i>
            ))}
          </div>
        </div>
      ) : null}
      <p className="leave">
        <span>
          <b>You can leave this page.</b>{" "}
          {last === undefined ? (
            "The proof goes on without you, and we tell"
          ) : (
            <>
              We keep looking until <Time at={last} style="clock" /> and tell
            </>
          )}{" "}
          {tells} when it is decided.
        </span>
        {nextAt !== null && next !== undefined ? (
          <span>
            Next look <Time at={nextAt} style="clock" />
            {lookUnit(verification) === "minutes" ? `, minute ${next.text}` : null}
          </span>
        ) : null}
      </p>
    </>
  );
}

function percent(value: number): string {
  return `${Math.max(0, value).toFixed(1)}%`;
}
