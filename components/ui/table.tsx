import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";

/** Real table that scrolls inside itself when it must; the scrolling region can be reached by keyboard. */
export function Table({
  caption,
  children,
  showCaption = false,
  className,
}: {
  readonly caption: string;
  readonly children: ReactNode;
  readonly showCaption?: boolean;
  readonly className?: string;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label={caption} tabIndex={0} className="relative overflow-x-auto">
      <table className={cx("w-full border-collapse text-left", className)}>
        <caption className={showCaption ? "px-4 py-2 text-left text-small text-ink-3" : "sr-only"}>
          {caption}
        </caption>
        {children}
      </table>
    </section>
  );
}

export function Th({ className, scope = "col", ...rest }: ComponentProps<"th">) {
  return (
    <th
      scope={scope}
      className={cx(
        "h-9 border-b border-line px-4 text-left text-meta font-semibold whitespace-nowrap text-ink-3",
        className,
      )}
      {...rest}
    />
  );
}

export function Tr({ className, ...rest }: ComponentProps<"tr">) {
  return <tr className={cx("border-b border-line last:border-b-0", className)} {...rest} />;
}

export function Td({ className, ...rest }: ComponentProps<"td">) {
  return <td className={cx("h-10 px-4 py-2 align-middle", className)} {...rest} />;
}
