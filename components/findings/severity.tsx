import { cx } from "@/components/ui/cx";
import type { Severity as Word } from "@/lib/checks/evaluation";
import { severityLabels } from "@/lib/checks/labels";

const filledBars: Readonly<Record<Word, number>> = { LOW: 1, MEDIUM: 2, HIGH: 3, CRITICAL: 4 };

const heights = [5, 8, 11, 14];

/** Four bars and the word. Severity has no hue; only Critical takes the color of a blind spot. */
export function Severity({ value, boxed = false }: { readonly value: Word; readonly boxed?: boolean }) {
  const filled = filledBars[value];
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
            className={cx("inline-block w-[3px]", index < filled ? "bg-current" : "bg-line")}
            style={{ height }}
          />
        ))}
      </span>
      {severityLabels[value]}
    </span>
  );
}
