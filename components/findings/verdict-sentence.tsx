import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import type { SentencePart } from "@/lib/checks/description";

const tones = { blind: "text-blind", wait: "text-wait", proven: "text-proven" } as const;

/** The one sentence with authority; the part that carries the verdict is colored. */
export function VerdictSentence({
  parts,
  names = [],
  before,
  as: As = "h1",
  size = "verdict",
}: {
  readonly parts: readonly SentencePart[];
  /** Names that are not broken over two lines, while they are short. */
  readonly names?: readonly string[];
  /** Said before it, on a line of its own where there is room. */
  readonly before?: string | undefined;
  readonly as?: "h1" | "h2" | "h3" | "p";
  /** `item`: as large as the list around it says. */
  readonly size?: "verdict" | "title" | "item";
}) {
  return (
    <As
      className={cx(
        "verdict [overflow-wrap:anywhere]",
        size === "verdict"
          ? "max-w-[820px] text-verdict max-md:text-[26px] max-md:leading-[31px]"
          : size === "title" && "max-w-[21em] text-title",
      )}
    >
      {before === undefined ? null : (
        <>
          <span className="md:block">{before}</span>{" "}
        </>
      )}
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts never reorder
        <span key={index} className={part.tone ? tones[part.tone] : undefined}>
          {unbroken(part.text, names)}
        </span>
      ))}
    </As>
  );
}

const longestUnbroken = 24;

function unbroken(text: string, names: readonly string[]): ReactNode {
  const name = names.find((one) => one.length <= longestUnbroken && text.includes(one));
  if (name === undefined) return text;
  const [start = "", ...rest] = text.split(name);
  return (
    <>
      {start}
      <span className="whitespace-nowrap">{name}</span>
      {rest.join(name)}
    </>
  );
}
