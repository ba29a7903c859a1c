import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { Time } from "@/components/ui/time";
import { count } from "@/lib/text";
import { proofLevels } from "@/lib/verification/verification-states";
import type { VerificationView } from "@/lib/verification/verification-view";
import { KeyRing } from "./key-ring";
import { levelWords } from "./key-words";
import { countStates, lastAt } from "./proof-counts";
import { clockText, delayOf, lengthText } from "./times";

/** Both keys turned and joined, with what that rests on. */
export function VerifiedHead({
  verification,
  scanHref,
  isMoment,
}: {
  readonly verification: VerificationView;
  readonly scanHref: string | null;
  /** It has just been proven, before the reader's eyes. */
  readonly isMoment: boolean;
}) {
  const { keyA, keyB, finishedAt, reachedAssurance } = verification;
  return (
    <>
      <div className={cx("verified", isMoment && "moment")}>
        <span className="pair">
          <KeyRing letter="A" view={keyA} />
          <i />
          <KeyRing letter="B" view={keyB} />
        </span>
        <div>
          <p className="word">Verified</p>
          <p className="sub">
            {finishedAt === null ? null : (
              <>
                <Time at={finishedAt} style="absolute" />.{" "}
              </>
            )}
            By two readings of AWS, not by a person.
          </p>
        </div>
      </div>
      <div className="receipts">
        <Receipt title="When" lines={whenLines(verification)} />
        <Receipt title="What it rests on" lines={restsOn(verification, scanHref)} />
      </div>
      {reachedAssurance === null ? null : (
        <div className="level">
          <b>Level: {reachedAssurance}</b>
          <p>{levelWords[reachedAssurance]}</p>
          <span aria-hidden="true">
            {proofLevels.values.map((level, index) => (
              <i
                key={level}
                className={index <= proofLevels.values.indexOf(reachedAssurance) ? "reached" : undefined}
              />
            ))}
          </span>
        </div>
      )}
    </>
  );
}

type Line = readonly [term: string, value: ReactNode];

function whenLines({ keyA, keyB, startedAt, finishedAt }: VerificationView): readonly Line[] {
  const moments: readonly (readonly [string, string | null])[] = [
    ["started", startedAt],
    ["key A turned", lastAt(keyA)],
    ["key B turned", lastAt(keyB) ?? finishedAt],
  ];
  return [
    ...moments.flatMap(([term, at]): Line[] =>
      at === null ? [] : [[term, <Time key={term} at={at} style="clock" />]],
    ),
    ...(finishedAt === null
      ? []
      : [["time to verify", lengthText((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)] as const]),
  ];
}

function restsOn({ keyB, scanNumber }: VerificationView, scanHref: string | null): readonly Line[] {
  const { all, passed } = countStates(keyB);
  const slowest = keyB.regions
    .map((region) => ({ region: region.region, delay: delayOf(region) ?? -1 }))
    .sort((one, other) => other.delay - one.delay)[0];
  const trails = [...new Set(keyB.regions.flatMap(({ evidence }) => evidence?.trailArn ?? []))];
  return [
    ...(all > 0 ? [["Regions proven", `${passed} of ${all}`] as const] : []),
    ...(slowest && slowest.delay >= 0
      ? [["slowest", `${slowest.region} ${clockText(slowest.delay)}`] as const]
      : []),
    ...(trails.length > 0
      ? [["trail", trails.length === 1 ? nameOf(trails[0] ?? "") : count(trails.length, "trail")] as const]
      : []),
    ...(scanNumber !== null && scanHref !== null
      ? [
          [
            "read by",
            <a key="scan" href={scanHref} className="link">
              scan #{scanNumber}
            </a>,
          ] as const,
        ]
      : []),
  ];
}

function nameOf(arn: string): string {
  return arn.slice(arn.indexOf("trail/") + 6);
}

function Receipt({ title, lines }: { readonly title: string; readonly lines: readonly Line[] }) {
  return (
    <div>
      <h3>{title}</h3>
      <dl>
        {lines.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
