import type { ReactNode } from "react";
import { cx } from "./cx";

type NoticeTone = "wait" | "blind" | "note" | "proven" | "accepted";

const tones: Record<NoticeTone, string> = {
  // A whole bar of the tint would be the brightest thing on a dark page, before the verdict.
  wait: "border-s-wait bg-wait-ground",
  blind: "border-s-blind bg-blind-tint",
  note: "border-s-note bg-note-tint",
  proven: "border-s-proven bg-proven-tint",
  accepted: "border-s-accepted bg-accepted-tint",
};

/** Bar for stale, partial and error states: what happened, what still works, what to do. */
export function Notice({
  tone = "note",
  title,
  children,
  action,
  role,
}: {
  readonly tone?: NoticeTone;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** `alert` only for the failure of something the person has just done. */
  readonly role?: "status" | "alert";
}) {
  return (
    <div
      {...(role ? { role } : {})}
      className={cx(
        "mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-control border-s-2 px-4 py-[10px] text-ink",
        tones[tone],
      )}
    >
      <div className="min-w-0 flex-1 basis-[280px]">
        <p className="font-semibold">{title}</p>
        {children ? <div className="mt-[2px] text-small text-ink-2">{children}</div> : null}
      </div>
      {action}
    </div>
  );
}
