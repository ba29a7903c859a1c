import { type TrailRow, trailSection } from "./cloudtrail/trail-section";
import type { Description } from "./description";

/** Before sections existed a description held trails, whatever it was about. */
interface Earlier extends Omit<Description, "sections"> {
  readonly trails?: readonly TrailRow[];
}

/**
 * A description as some version of Posturio stored it, in today's form: what was said stays said, so records are
 * read as they are and never rewritten.
 */
export function storedDescription(value: unknown): Description {
  const stored = value as Description | Earlier;
  if ("sections" in stored) return stored;
  const { trails, ...rest } = stored;
  return { ...rest, sections: trails === undefined ? [] : [trailSection(trails)] };
}
