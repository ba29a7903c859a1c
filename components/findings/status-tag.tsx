import { Glyph } from "@/components/coverage/glyph";
import { Tag, type Tone } from "@/components/ui/tag";

const statusWords: Readonly<Record<string, { readonly text: string; readonly tone: Tone }>> = {
  open: { text: "Open", tone: "blind" },
  reopened: { text: "Reopened", tone: "blind" },
  in_progress: { text: "In progress", tone: "note" },
  awaiting_verification: { text: "Awaiting verification", tone: "wait" },
  resolved: { text: "Resolved", tone: "proven" },
  risk_accepted: { text: "Risk accepted", tone: "accepted" },
  accepted: { text: "Risk accepted", tone: "accepted" },
};

/** Where people and verification stand with a finding. */
export function StatusTag({ status, episode = 1 }: { readonly status: string; readonly episode?: number }) {
  const known = statusWords[status];
  if (!known) return null;
  const again = episode > 1 && status !== "resolved" ? ` · ${ordinal(episode)} time` : "";
  return (
    <Tag tone={known.tone}>
      {known.text}
      {again}
    </Tag>
  );
}

function ordinal(value: number): string {
  const rest = value % 100;
  const ending = rest >= 11 && rest <= 13 ? "th" : (["th", "st", "nd", "rd"][value % 10] ?? "th");
  return `${value}${ending}`;
}

/** What the last evaluation said: glyph, word, colour. */
export function ObservationMark({ observation }: { readonly observation: string }) {
  const [glyph, text, tone] =
    observation === "failing"
      ? (["diamond", "Failing", "text-blind"] as const)
      : observation === "passing"
        ? (["check-disc", "Passing", "text-proven"] as const)
        : (["dotted-square", "Not known", "text-ink-2"] as const);
  return (
    <span className={`inline-flex items-center gap-[6px] font-medium whitespace-nowrap ${tone}`}>
      <Glyph name={glyph} />
      {text}
    </span>
  );
}
