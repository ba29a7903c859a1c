import { cx } from "@/components/ui/cx";
import type { SentencePart } from "@/lib/checks/description";

const tones = { blind: "text-blind", wait: "text-wait", proven: "text-proven" } as const;

/** The one sentence with authority; the part that carries the verdict is colored. */
export function VerdictSentence({
  parts,
  as: As = "h1",
  size = "verdict",
}: {
  readonly parts: readonly SentencePart[];
  readonly as?: "h1" | "h2" | "p";
  readonly size?: "verdict" | "title";
}) {
  return (
    <As
      className={cx(
        "verdict max-w-[21em] [overflow-wrap:anywhere]",
        size === "verdict" ? "text-verdict max-md:text-[26px] max-md:leading-[32px]" : "text-title",
      )}
    >
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts never reorder
        <span key={index} className={part.tone ? tones[part.tone] : undefined}>
          {part.text}
        </span>
      ))}
    </As>
  );
}
