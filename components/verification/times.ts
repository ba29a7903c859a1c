import type { KeyRegion, VerificationView } from "@/lib/verification/verification-view";

/**
 * When the last of our calls was made, for the looks count from then on: what an earlier round proved keeps its older
 * call. Before that, when the verification began.
 */
export function zeroOf({ keyA, keyB, startedAt }: VerificationView): number {
  if (keyA.state === "waiting") return Date.parse(startedAt);
  const sent = keyB.regions.flatMap(({ evidence }) =>
    evidence?.sentAt ? [Date.parse(evidence.sentAt)] : [],
  );
  return sent.length === 0 ? Date.parse(startedAt) : Math.max(...sent);
}

/** Seconds from our call to its delivery, as AWS tells it; null while nothing was delivered. */
export function delayOf({ state, at, evidence }: KeyRegion): number | null {
  if (state !== "passed" || !evidence?.sentAt) return null;
  const sent = Date.parse(evidence.sentAt);
  const told =
    evidence.latestDeliveryTime === undefined ? Number.NaN : Date.parse(evidence.latestDeliveryTime);
  const delivered = told > sent ? told : at === null ? Number.NaN : Date.parse(at);
  return Number.isNaN(delivered) ? null : Math.max(0, (delivered - sent) / 1000);
}

/** `4:51`, `1:04:09` */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, "0"));
  const hours = Math.floor(whole / 3600);
  return hours > 0 ? `${hours}:${parts.join(":")}` : parts.join(":").replace(/^0(?=\d:)/, "");
}

/** `1 min 30 s` */
export function lengthText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const rest = whole % 60;
  const minutes = Math.floor(whole / 60);
  return minutes === 0 ? `${rest} s` : rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

export interface LookMark {
  readonly at: string;
  /** Place on the ruler, in percent. */
  readonly place: number;
  /** Minutes after our calls, or seconds where a minute holds several looks. */
  readonly text: string;
  readonly state: "done" | "next" | "later";
}

/** The looks as marks of a ruler that ends with the last. */
export function lookMarks(verification: VerificationView): readonly LookMark[] {
  const { looksAt, looksDone } = verification;
  const zero = zeroOf(verification);
  const offsets = looksAt.map((at) => Math.max(0, (Date.parse(at) - zero) / 1000));
  const longest = Math.max(1, ...offsets);
  const isFast = longest < 5 * 60;
  return looksAt.map((at, index) => {
    const offset = offsets[index] ?? 0;
    return {
      at,
      place: (offset / longest) * 100,
      text: isFast ? String(Math.round(offset)) : String(Math.round(offset / 60)),
      state: index < looksDone ? "done" : index === looksDone ? "next" : "later",
    };
  });
}

/** What the numbers of the ruler count. */
export function lookUnit(verification: VerificationView): "seconds" | "minutes" {
  const last = verification.looksAt.at(-1);
  return last !== undefined && Date.parse(last) - zeroOf(verification) < 5 * 60_000 ? "seconds" : "minutes";
}

const usualSeconds = 20 * 60;

/**
 * Seconds that the track of delays shows: twenty minutes, or what all looks take where that is less. It grows to the
 * next look when a delay, or waiting, is longer.
 */
export function trackSeconds(verification: VerificationView, elapsed: number): number {
  const zero = zeroOf(verification);
  const looks = verification.looksAt.map((at) => (Date.parse(at) - zero) / 1000);
  const last = looks.at(-1) ?? usualSeconds;
  const usual = Math.max(1, Math.min(usualSeconds, last));
  const isOpen = verification.keyB.regions.some(({ state }) => state === "waiting");
  const longest = Math.max(
    isOpen ? elapsed : 0,
    ...verification.keyB.regions.map((region) => delayOf(region) ?? 0),
  );
  if (longest <= usual) return usual;
  return looks.find((look) => look >= longest) ?? longest;
}
