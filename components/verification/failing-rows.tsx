import { Glyph } from "@/components/coverage/glyph";
import { regionInfo } from "@/lib/checks/regions";
import { count } from "@/lib/text";
import type { VerificationView } from "@/lib/verification/verification-view";
import { failuresOf } from "./failures";

/** Two lines of two: the list of blind Regions is right above. */
const mostRows = 4;

/** What did not hold, before everything else that the verification found. */
export function FailingRows({
  verification,
  failedClaims,
}: {
  readonly verification: VerificationView;
  /** Claims of this episode that did not hold, this one included. */
  readonly failedClaims: number;
}) {
  const failures = failuresOf(verification);
  const isClaim = verification.trigger === "claim";
  return (
    <div className="failing">
      <h3>{isClaim ? "The claim did not hold" : "The proof did not hold"}</h3>
      <p className="sub">
        {failures.length === 0
          ? verification.keyA.state === "failed"
            ? "The check still fails on the settings that were read."
            : "The second reading contradicts the first."
          : `${count(failures.length, "Region")} ${failures.length === 1 ? "fails" : "fail"}.`}
        {isClaim && failedClaims > 0
          ? ` It is counted: ${count(failedClaims, "claim")} did not hold in this episode.`
          : null}
      </p>
      {failures.length > 0 ? (
        <ul>
          {failures.slice(0, mostRows).map(({ region, text, detail }) => (
            <li key={region}>
              <Glyph name="not-logged" />
              <code translate="no">{region}</code>
              <span className="sub max-md:hidden">{regionInfo(region).label}</span>
              <b>{text}</b>
              {detail === null ? null : (
                <span className="evidence" translate="no">
                  {detail}
                </span>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {failures.length > mostRows ? (
        <p className="sub">{failures.length - mostRows} more are in the table below.</p>
      ) : null}
    </div>
  );
}
