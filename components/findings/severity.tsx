import { cx } from "@/components/ui/cx";

const steps: Readonly<Record<string, { readonly filled: number; readonly word: string }>> = {
  LOW: { filled: 1, word: "Low" },
  MEDIUM: { filled: 2, word: "Medium" },
  HIGH: { filled: 3, word: "High" },
  CRITICAL: { filled: 4, word: "Critical" },
};

const heights = [5, 8, 11, 14];

/** Four bars and the word. Severity has no hue; only Critical takes the colour of a blind spot. */
export function Severity({ value, boxed = false }: { readonly value: string; readonly boxed?: boolean }) {
  const step = steps[value];
  if (!step) return null;
  const critical = value === "CRITICAL";
  return (
    <span
      className={cx(
        "inline-flex items-center gap-[6px] text-[12.5px] leading-[18px] font-semibold whitespace-nowrap",
        boxed && "rounded-tag border px-2 py-px",
        boxed && (critical ? "border-blind" : "border-line-strong"),
        critical ? "text-blind" : "text-ink",
      )}
    >
      <span aria-hidden="true" className="inline-flex h-[14px] items-end gap-[1.5px]">
        {heights.map((height, index) => (
          <i
            key={height}
            className={cx("inline-block w-[3px]", index < step.filled ? "bg-current" : "bg-line")}
            style={{ height }}
          />
        ))}
      </span>
      {step.word}
    </span>
  );
}
