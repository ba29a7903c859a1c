import { cx } from "@/components/ui/cx";

const steps = ["Choose the account", "Create the role", "Test the connection"] as const;

/** The three steps of connecting, and which one this is. */
export function ConnectSteps({ current }: { readonly current: 1 | 2 | 3 | 4 }) {
  return (
    <ol aria-label="Steps" className="mb-6 flex flex-wrap gap-x-6 gap-y-2">
      {steps.map((step, index) => {
        const number = index + 1;
        const here = number === current;
        const done = number < current;
        return (
          <li
            key={step}
            aria-current={here ? "step" : undefined}
            className={cx("flex items-center gap-2", here ? "font-semibold text-ink" : "text-ink-2")}
          >
            <span
              className={cx(
                "grid size-[26px] place-items-center rounded-full border-[1.5px] font-mono text-small font-semibold",
                here && "border-brand text-brand",
                done && "border-proven bg-proven text-surface",
                !here && !done && "border-line-strong",
              )}
            >
              {number}
            </span>
            {step}
            {done ? <span className="sr-only">(done)</span> : null}
          </li>
        );
      })}
    </ol>
  );
}
