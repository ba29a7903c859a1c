import type { CSSProperties } from "react";
import { Glyph } from "@/components/coverage/glyph";
import { groupByGeography } from "@/components/coverage/region-groups";
import { cx } from "@/components/ui/cx";
import { Time } from "@/components/ui/time";
import type { KeyRegion, VerificationView } from "@/lib/verification/verification-view";
import { configurationWords, deliveryWords, type KeyWords } from "./key-words";
import { clockText, delayOf, trackSeconds, zeroOf } from "./times";

interface Row {
  readonly name: string;
  readonly a: KeyRegion | undefined;
  readonly b: KeyRegion | undefined;
}

/** Every Region with both keys, in the order of geography and never in another. */
export function RegionsTable({
  verification,
  now,
  isLooking,
}: {
  readonly verification: VerificationView;
  readonly now: number;
  readonly isLooking: boolean;
}) {
  const { keyA, keyB, status } = verification;
  const a = new Map(keyA.regions.map((region) => [region.region, region]));
  const b = new Map(keyB.regions.map((region) => [region.region, region]));
  const rows = [...new Set([...a.keys(), ...b.keys()])].map(
    (name): Row => ({ name, a: a.get(name), b: b.get(name) }),
  );
  const hasDelivery = keyB.regions.length > 0;
  const isRunning = status === "running";
  const elapsed = (now - zeroOf(verification)) / 1000;
  const length = trackSeconds(verification, elapsed);
  const share = (seconds: number) => shareOf(seconds / length);
  return (
    <table
      className={cx("proof-table", isRunning && "running")}
      style={isRunning ? share(elapsed) : undefined}
    >
      <caption className="sr-only">Both keys, Region by Region</caption>
      <thead>
        <tr>
          <th scope="col">Region</th>
          <th scope="col">
            A<span className="max-md:hidden"> · Configuration</span>
          </th>
          {hasDelivery ? (
            <>
              <th scope="col">
                B<span className="max-md:hidden"> · Delivery</span>
              </th>
              <td className="track">
                <Axis seconds={length} now={isRunning ? elapsed : null} />
              </td>
              <th scope="col">Delay</th>
            </>
          ) : null}
        </tr>
      </thead>
      {groupByGeography(rows).map(({ geography, regions }) => (
        <tbody key={geography}>
          <tr>
            <th scope="rowgroup" colSpan={hasDelivery ? 3 : 2}>
              {geography} ({regions.length})
            </th>
            {hasDelivery ? (
              <>
                <td className="track" />
                <td />
              </>
            ) : null}
          </tr>
          {regions.map((row) => (
            <RegionRow
              key={row.name}
              row={row}
              hasDelivery={hasDelivery}
              isLooking={isLooking}
              status={status}
              share={share}
            />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function RegionRow({
  row: { name, a, b },
  hasDelivery,
  isLooking,
  status,
  share,
}: {
  readonly row: Row;
  readonly hasDelivery: boolean;
  readonly isLooking: boolean;
  readonly status: VerificationView["status"];
  readonly share: (seconds: number) => CSSProperties;
}) {
  const delay = b === undefined ? null : delayOf(b);
  return (
    // Another row once it has arrived: that is what fades in.
    <tr key={`${name} ${b?.state}`} className={b?.state}>
      <td>
        <code translate="no">{name}</code>
      </td>
      <td>{a ? <State words={configurationWords(a)} at={a.at} /> : "–"}</td>
      {hasDelivery ? (
        <>
          <td>
            {b ? (
              <State words={deliveryWords(b, { status, isLooking })} objectKey={b.evidence?.objectKey} />
            ) : (
              "–"
            )}
          </td>
          <td className="track">
            {delay !== null ? (
              <b style={share(delay)} />
            ) : b?.state === "waiting" && status === "running" ? (
              <b className={isLooking ? "open looking" : "open"} />
            ) : null}
          </td>
          <td>{delay === null ? "–" : clockText(delay)}</td>
        </>
      ) : null}
    </tr>
  );
}

/** A place on the track, for verification.css. */
function shareOf(share: number): CSSProperties {
  return { "--share": Math.min(1, Math.max(0, share)).toFixed(3) } as CSSProperties;
}

const tones = {
  wait: "text-wait font-semibold",
  blind: "text-blind font-semibold",
  quiet: "text-ink-3",
} as const;

function State({
  words: { glyph, text, tone },
  at = null,
  objectKey,
}: {
  readonly words: KeyWords;
  readonly at?: string | null;
  readonly objectKey?: string | undefined;
}) {
  return (
    <span className={cx("mark", tone && tones[tone])} title={objectKey}>
      <Glyph name={glyph} />
      {text}
      {at === null ? null : (
        <small>
          <Time at={at} style="clock" />
        </small>
      )}
    </span>
  );
}

/** Quarters of the track, and where it is now. */
function Axis({ seconds, now }: { readonly seconds: number; readonly now: number | null }) {
  const isMinutes = seconds >= 240;
  const text = (part: number) => String(Math.round((seconds * part) / (isMinutes ? 60 : 1)));
  const at = now === null ? null : Math.min(1, Math.max(0, now / seconds));
  return (
    <span className="axis" aria-hidden="true">
      {[0, 0.25, 0.5, 0.75, 1]
        .filter((part) => at === null || Math.abs(part - at) > 0.13 || part === 1)
        .filter((part) => at === null || part < 1 || at < 0.8)
        .map((part) => (
          <span key={part} style={{ insetInlineStart: `${part * 100}%` }}>
            {text(part)}
            {part === 1 ? (isMinutes ? " min" : " s") : null}
          </span>
        ))}
      {now === null ? null : <b>{clockText(now)}</b>}
    </span>
  );
}
