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
  readonly className?: string | undefined;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label={caption} tabIndex={0} className="relative overflow-x-auto">
      <table className={cx("data-table", className)}>
        <caption className={showCaption ? "px-4 py-2 text-left text-small text-ink-3" : "sr-only"}>
          {caption}
        </caption>
        {children}
      </table>
    </section>
  );
}

// Cells look as `.data-table` in app/globals.css says: a class on each would be most of a long table.

export function Th({ scope = "col", ...rest }: ComponentProps<"th">) {
  return <th scope={scope} {...rest} />;
}

export function Tr(props: ComponentProps<"tr">) {
  return <tr {...props} />;
}

export function Td(props: ComponentProps<"td">) {
  return <td {...props} />;
}
