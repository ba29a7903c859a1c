/** Every state has its own shape; colour only repeats what the shape and the word beside it say. */
export type GlyphName =
  | "check-disc"
  | "half-ring"
  | "diamond"
  | "half-diamond"
  | "ringed-diamond"
  | "triangle"
  | "slashed-disc"
  | "small-ring"
  | "dotted-square"
  | "pending"
  | "waiting"
  | "read-disc";

/** The shape, drawn around (0, 0) on a 20-unit grid, for the map and for inline glyphs alike. */
export function GlyphShape({ name }: { readonly name: GlyphName }) {
  switch (name) {
    case "check-disc":
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
    case "half-ring":
      return (
        <>
          <circle r="5.6" className="fill-surface stroke-proven" strokeWidth="1.8" />
          <path d="M0-5.6a5.6 5.6 0 0 1 0 11.2z" className="fill-proven" />
        </>
      );
    case "diamond":
      return (
        <path
          d="M0-7L7 0 0 7-7 0z"
          className="fill-surface stroke-blind"
          strokeWidth="2"
          strokeLinejoin="miter"
        />
      );
    case "half-diamond":
      return (
        <>
          <path d="M0-7L7 0 0 7-7 0z" className="fill-surface stroke-wait" strokeWidth="2" />
          <path d="M0-7L-7 0 0 7z" className="fill-wait" />
        </>
      );
    case "ringed-diamond":
      return (
        <>
          <circle r="9.4" className="fill-none stroke-blind" strokeWidth="1.2" strokeDasharray="2.4 2.4" />
          <path d="M0-5.6L5.6 0 0 5.6-5.6 0z" className="fill-surface stroke-blind" strokeWidth="2" />
        </>
      );
    case "triangle":
      return <path d="M0-7.2L7.3 5.6H-7.3z" className="fill-wait" />;
    case "slashed-disc":
      return (
        <>
          <circle r="6" className="fill-surface stroke-accepted" strokeWidth="1.6" />
          <path d="M-4.2 4.2L4.2-4.2" className="stroke-accepted" strokeWidth="1.6" />
        </>
      );
    case "small-ring":
      return <circle r="3.6" className="fill-surface stroke-line-strong" strokeWidth="1.3" />;
    case "dotted-square":
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
    case "read-disc":
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
