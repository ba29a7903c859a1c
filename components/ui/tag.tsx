import type { ReactNode } from "react";
import { cx } from "./cx";

export type Tone = "neutral" | "blind" | "wait" | "proven" | "note" | "accepted" | "outline";

const tones: Record<Tone, string> = {
  neutral: "bg-sunken text-ink-2",
  blind: "bg-blind-tint text-blind",
  wait: "bg-wait-tint text-wait",
  proven: "bg-proven-tint text-proven",
  note: "bg-note-tint text-note",
  accepted: "bg-accepted-tint text-accepted",
  outline: "border border-line-strong text-ink",
};

/** Word (and glyph) on its tint. At most two in a row. */
export function Tag({ tone = "neutral", children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <span className={cx("tag", tones[tone])}>{children}</span>;
}
