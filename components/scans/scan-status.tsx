import { Glyph } from "@/components/coverage/glyph";
import { Spinner } from "@/components/ui/spinner";
import { Tag } from "@/components/ui/tag";

/** How a scan stands or ended. */
export function ScanStatus({ status }: { readonly status: string }) {
  switch (status) {
    case "queued":
      return (
        <Tag tone="note">
          <Glyph name="pending" size={14} />
          Queued
        </Tag>
      );
    case "running":
      return (
        <Tag tone="note">
          <Spinner />
          Running
        </Tag>
      );
    case "complete":
      return (
        <Tag tone="proven">
          <Glyph name="logged" size={14} />
          Complete
        </Tag>
      );
    case "partial":
      return (
        <Tag tone="wait">
          <Glyph name="partly" size={14} />
          Partial
        </Tag>
      );
    case "failed":
      return (
        <Tag tone="blind">
          <Glyph name="not-logged" size={14} />
          Failed
        </Tag>
      );
    default:
      return <Tag>Cancelled</Tag>;
  }
}

const triggers: Readonly<Record<string, string>> = {
  schedule: "Schedule",
  manual: "By hand",
  api: "API",
  connect: "First scan",
  retry: "Retry",
};

export function triggerLabel(trigger: string): string {
  return triggers[trigger] ?? trigger;
}

/** 840 ms, 2.4 s, 3 min 5 s. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
