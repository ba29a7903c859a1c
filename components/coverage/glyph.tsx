import type { GlyphName as StateGlyph } from "@/lib/checks/labels";
import sprite from "./glyphs.svg";

/** Every state has its own shape; color only repeats what the shape and the word beside it say. */
export type GlyphName = StateGlyph | "waiting" | "read";

/** Address of a shape of the sprite, which a browser loads once and keeps. */
export function shapeHref(name: string): string {
  return `${(sprite as { readonly src: string }).src}#${name}`;
}

/** Inline glyph. The word is beside it, so it is hidden from screen readers. */
export function Glyph({ name, size = 16 }: { readonly name: GlyphName; readonly size?: 14 | 16 }) {
  return (
    <svg className={size === 14 ? "glyph small" : "glyph"} aria-hidden="true">
      <use href={shapeHref(name)} />
    </svg>
  );
}
