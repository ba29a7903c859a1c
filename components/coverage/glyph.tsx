import type { GlyphName as StateGlyph } from "@/lib/checks/labels";

/** Every state has its own shape; color only repeats what the shape and the word beside it say. */
export type GlyphName = StateGlyph | "waiting" | "read";

/** The shape, drawn around (0, 0) on a 20-unit grid, for the map and for inline glyphs alike. */
export function GlyphShape({ name }: { readonly name: GlyphName }) {
  switch (name) {
    case "logged":
      return (
        <>
          <circle r="6.5" className="fill-proven" />
          <path
            d="M-2.8.2l2 2.1 3.7-4.2"
            className="fill-none stroke-surface"
            strokeWidth="1.8"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </>
      );
    case "own-trail":
      return (
        <>
          <circle r="5.6" className="fill-surface stroke-proven" strokeWidth="1.8" />
          <path d="M0-5.6a5.6 5.6 0 0 1 0 11.2z" className="fill-proven" />
        </>
      );
    case "not-logged":
      return (
        <path
          d="M0-7L7 0 0 7-7 0z"
          className="fill-surface stroke-blind"
          strokeWidth="2"
          strokeLinejoin="miter"
        />
      );
    case "partly":
      return (
        <>
          <path d="M0-7L7 0 0 7-7 0z" className="fill-surface stroke-wait" strokeWidth="2" />
          <path d="M0-7L-7 0 0 7z" className="fill-wait" />
        </>
      );
    case "proven":
      return (
        <>
          <circle r="8.8" className="fill-none stroke-proven" strokeWidth="1.2" />
          <circle r="6" className="fill-proven" />
        </>
      );
    case "delivery-failing":
      return <path d="M0-7.2L7.3 5.6H-7.3z" className="fill-wait" />;
    case "accepted":
      return (
        <>
          <circle r="6" className="fill-surface stroke-accepted" strokeWidth="1.6" />
          <path d="M-4.2 4.2L4.2-4.2" className="stroke-accepted" strokeWidth="1.6" />
        </>
      );
    case "not-enabled":
      return <circle r="3.6" className="fill-surface stroke-line-strong" strokeWidth="1.3" />;
    case "could-not-read":
      return (
        <rect
          x="-5.5"
          y="-5.5"
          width="11"
          height="11"
          className="fill-surface stroke-ink-2"
          strokeWidth="1.6"
          strokeDasharray="1.9 1.8"
        />
      );
    case "pending":
      return (
        <>
          <circle r="6" className="fill-surface stroke-wait" strokeWidth="1.6" />
          <path
            d="M0-3.4V0l2.5 1.7"
            className="fill-none stroke-wait"
            strokeWidth="1.5"
            strokeLinecap="round"
          />
        </>
      );
    case "read":
      return <circle r="6" className="fill-note" />;
    case "waiting":
      return <circle r="2" className="fill-line-strong" />;
  }
}

/** Inline glyph. The word stands beside it, so it is hidden from screen readers. */
export function Glyph({ name, size = 16 }: { readonly name: GlyphName; readonly size?: number }) {
  return (
    <svg viewBox="-10 -10 20 20" width={size} height={size} aria-hidden="true" className="shrink-0">
      <GlyphShape name={name} />
    </svg>
  );
}
