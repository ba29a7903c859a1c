import { CopyButton } from "./copy-button";
import { cx } from "./cx";

export interface CodePart {
  readonly text: string;
  readonly changed?: boolean;
}

/**
 * Code on a sunken ground. Changed parts are magenta and heavier. It scrolls inside itself and can be reached by
 * keyboard; `label` names it for a screen reader.
 */
export function CodeBlock({
  label,
  parts,
  wrap = false,
  maxHeight = false,
}: {
  readonly label: string;
  readonly parts: readonly CodePart[];
  /** Wrap long lines instead of scrolling sideways. */
  readonly wrap?: boolean;
  readonly maxHeight?: boolean;
}) {
  const text = parts.map((part) => part.text).join("");
  return (
    <div className="relative rounded-control bg-sunken">
      <div className="absolute end-2 top-2 rounded-control bg-sunken">
        <CopyButton text={text} label="Copy" />
      </div>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={label}
        className={cx("overflow-x-auto rounded-control", maxHeight && "max-h-[420px] overflow-y-auto")}
      >
        <pre
          translate="no"
          className={cx(
            "px-[14px] py-3 text-small leading-5 text-ink max-md:pt-11",
            wrap ? "whitespace-pre-wrap [overflow-wrap:anywhere] md:pe-24" : "whitespace-pre",
          )}
        >
          {parts.map((part, index) =>
            part.changed ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts never reorder
              <b key={index} className="font-semibold text-brand">
                {part.text}
              </b>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts never reorder
              <span key={index}>{part.text}</span>
            ),
          )}
        </pre>
      </section>
    </div>
  );
}
