import { Glyph, type GlyphName } from "@/components/coverage/glyph";
import { plural } from "@/lib/text";
import type { InheritanceState } from "@/lib/verification/verification-states";
import type { VerificationView } from "@/lib/verification/verification-view";

const words: Readonly<
  Record<InheritanceState, { readonly glyph: GlyphName; readonly title: string; readonly text: string }>
> = {
  passed: {
    glyph: "logged",
    title: "New Regions will be logged.",
    text: "A multi-Region trail is there, and AWS copies it to every Region that you enable.",
  },
  failed: {
    glyph: "not-logged",
    title: "New Regions will not be logged.",
    text: "No multi-Region trail is there, so each Region that you enable needs a trail of its own.",
  },
  unknown: {
    glyph: "could-not-read",
    title: "Whether new Regions will be logged is unknown.",
    text: "Not all that decides it could be read.",
  },
};

/** What becomes of Regions that are enabled later. */
export function NewRegions({ state }: { readonly state: InheritanceState }) {
  const { glyph, title, text } = words[state];
  return (
    <div className="line">
      <Glyph name={glyph} />
      <p>
        <b>{title}</b> {text}
      </p>
    </div>
  );
}

/** Regions that nobody can look into, by name: what holds there follows from the rest. */
export function InferredRegions({
  verification: { keyA, keyB },
}: {
  readonly verification: VerificationView;
}) {
  const closed = [...keyA.regions, ...keyB.regions].filter(({ reason }) => reason === "closed_by_policy");
  const names = [...new Set(closed.map(({ region }) => region))];
  return names.length === 0 ? null : (
    <div className="line">
      <Glyph name="inferred" />
      <p>
        <b>
          {names.length} {plural(names.length, "Region is", "Regions are")} inferred:
        </b>{" "}
        <code translate="no">{names.join(", ")}</code>. A service control policy closes{" "}
        {plural(names.length, "it", "them")} to us, and the trail's settings are read elsewhere.
      </p>
    </div>
  );
}
