import { shapeHref } from "@/components/coverage/glyph";
import { cx } from "@/components/ui/cx";
import type { Severity as Word } from "@/lib/checks/evaluation";
import { severityLabels } from "@/lib/checks/labels";

/** Four bars and the word. Severity has no hue; only Critical takes the color of a blind spot. */
export function Severity({ value, boxed = false }: { readonly value: Word; readonly boxed?: boolean }) {
  const critical = value === "CRITICAL";
  return (
    <span
      className={cx(
        "severity",
        boxed && "rounded-tag border px-2 py-px",
        boxed && (critical ? "border-blind" : "border-line-strong"),
        critical && "text-blind",
      )}
    >
      <svg aria-hidden="true">
        <use href={shapeHref(value)} />
      </svg>
      {severityLabels[value]}
    </span>
  );
}
