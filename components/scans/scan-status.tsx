import { Glyph, type GlyphName } from "@/components/coverage/glyph";
import { Spinner } from "@/components/ui/spinner";
import { Tag, type Tone } from "@/components/ui/tag";
import { type ScanStatus as Status, scanStatusLabels } from "@/lib/scans/scan-states";

const looks: Readonly<Record<Status, { readonly tone?: Tone; readonly glyph?: GlyphName }>> = {
  queued: { tone: "note", glyph: "pending" },
  running: { tone: "note" },
  complete: { tone: "proven", glyph: "logged" },
  partial: { tone: "wait", glyph: "partly" },
  failed: { tone: "blind", glyph: "not-logged" },
  cancelled: {},
};

/** The state of a scan, or how it ended. */
export function ScanStatus({ status }: { readonly status: Status }) {
  const { tone, glyph } = looks[status];
  return (
    <Tag {...(tone ? { tone } : {})}>
      {glyph ? <Glyph name={glyph} size={14} /> : null}
      {status === "running" ? <Spinner /> : null}
      {scanStatusLabels[status]}
    </Tag>
  );
}

/** 840 ms, 2.4 s, 3 min 5 s. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
