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

/** Rows of a table while they load. */
export function SkeletonRows({ rows, height = 40 }: { readonly rows: number; readonly height?: number }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: rows }, (_, index) => ({
        key: `row-${index}`,
        width: [62, 48, 70, 54, 66][index % 5],
      })).map((row) => (
        <div
          key={row.key}
          className="flex items-center border-b border-line px-4 last:border-b-0"
          style={{ height }}
        >
          <div className="skeleton h-3" style={{ width: `${row.width}%` }} />
        </div>
      ))}
    </div>
  );
}
