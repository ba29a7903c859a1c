import { cx } from "./cx";

export type ButtonVariant = "primary" | "outline" | "quiet" | "danger";
export type ButtonSize = "normal" | "small";

const base =
  "inline-flex items-center justify-center gap-2 rounded-control border font-semibold whitespace-nowrap select-none " +
  "transition-[color,background-color,border-color] duration-120 ease-out disabled:cursor-not-allowed aria-disabled:cursor-not-allowed no-underline";

const variants: Record<ButtonVariant, string> = {
  primary:
    "bg-brand-solid border-brand-solid text-on-brand hover:bg-brand-hover hover:border-brand-hover disabled:bg-sunken disabled:border-line-strong disabled:text-ink-3",
  outline:
    "bg-surface border-line-strong text-ink hover:bg-sunken disabled:bg-sunken disabled:text-ink-3 disabled:hover:bg-sunken",
  quiet: "bg-transparent border-transparent text-ink-2 hover:bg-sunken hover:text-ink disabled:text-ink-3",
  danger:
    "bg-surface border-blind text-blind hover:bg-blind-tint disabled:border-line-strong disabled:text-ink-3",
};

const sizes: Record<ButtonSize, string> = {
  normal: "min-h-[34px] max-md:min-h-11 px-3 py-[6px] text-[13.5px] leading-5",
  small: "min-h-7 max-md:min-h-9 px-2 py-[3px] text-small",
};

/** The look of a button, for elements that are none (a label, a radix trigger). */
export function buttonClass(variant: ButtonVariant = "outline", size: ButtonSize = "normal"): string {
  return cx(base, variants[variant], sizes[size]);
}
