import { cx } from "./cx";

/** Placeholder of the exact final height (px), so nothing moves when the content comes. */
export function Skeleton({
  height,
  width = "100%",
  className,
}: {
  readonly height: number;
  readonly width?: number | string;
  readonly className?: string;
}) {
  return (
    <div aria-hidden="true" className={cx("skeleton max-w-full", className)} style={{ height, width }} />
  );
}
