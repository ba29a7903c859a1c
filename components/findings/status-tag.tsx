import { Glyph, type GlyphName } from "@/components/coverage/glyph";
import { Tag, type Tone } from "@/components/ui/tag";

interface Words {
  readonly glyph: GlyphName;
  readonly text: string;
  readonly color: string;
  readonly tone: Tone;
}

const unknown: Words = { glyph: "could-not-read", text: "Not known", color: "text-ink-2", tone: "neutral" };

const words: Readonly<Record<string, Words>> = {
  failing: { glyph: "not-logged", text: "Failing", color: "text-blind", tone: "blind" },
  passing: { glyph: "logged", text: "Passing", color: "text-proven", tone: "proven" },
  unknown,
};

/** What the last evaluation said: glyph, word, colour. */
export function ObservationMark({ observation }: { readonly observation: string }) {
  const { glyph, text, color } = words[observation] ?? unknown;
  return (
    <span className={`inline-flex items-center gap-[6px] font-medium whitespace-nowrap ${color}`}>
      <Glyph name={glyph} />
      {text}
    </span>
  );
}

/** The same as a tag, with how often this has come back. */
export function ObservationTag({
  observation,
  episode = 1,
}: {
  readonly observation: string;
  readonly episode?: number;
}) {
  const { glyph, text, tone } = words[observation] ?? unknown;
  return (
    <Tag tone={tone}>
      <Glyph name={glyph} size={14} />
      {text}
      {episode > 1 ? ` · ${ordinal(episode)} time` : ""}
    </Tag>
  );
}

function ordinal(value: number): string {
  const rest = value % 100;
  const ending = rest >= 11 && rest <= 13 ? "th" : (["th", "st", "nd", "rd"][value % 10] ?? "th");
  return `${value}${ending}`;
}
