import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

/** A list page while its rows are read: heading, filters and rows at their final heights. */
export function LoadingList({
  title,
  tabs = false,
  rows = 10,
}: {
  readonly title: string;
  readonly tabs?: boolean;
  readonly rows?: number;
}) {
  return (
    <div role="status" aria-label={`${title} are loading`}>
      <div className="mb-6">
        <p className="verdict text-title">{title}</p>
        <div className="mt-1 flex h-5 items-center">
          <Skeleton height={12} width={260} />
        </div>
      </div>
      {tabs ? (
        <div className="mb-4 flex h-[33px] items-start gap-[18px] border-b border-line pt-2">
          <Skeleton height={12} width={40} />
          <Skeleton height={12} width={64} />
          <Skeleton height={12} width={64} />
        </div>
      ) : null}
      <div className="mb-4 flex h-[54px] items-end gap-2">
        <Skeleton height={34} width={320} />
        <Skeleton height={34} width={120} />
      </div>
      <div className="rounded-card border border-line bg-surface">
        <div className="h-9 border-b border-line" />
        <SkeletonRows rows={rows} height={41} />
      </div>
    </div>
  );
}
