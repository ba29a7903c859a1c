import { CopyButton } from "./copy-button";
import { cx } from "./cx";
import { DownloadButton } from "./download-button";

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
  file,
}: {
  readonly label: string;
  readonly parts: readonly CodePart[];
  /** Wrap long lines instead of scrolling sideways. */
  readonly wrap?: boolean;
  readonly maxHeight?: boolean;
  /** Offers the code as a file of this name. */
  readonly file?: string | undefined;
}) {
  return (
    <div data-code-block className="relative rounded-control bg-sunken">
      <div className="absolute end-2 top-2 flex rounded-control bg-sunken">
        {file === undefined ? null : <DownloadButton file={file} />}
        <CopyButton what={label} />
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
            "px-[14px] py-3 text-small leading-5 text-ink max-md:pt-11 [&_b]:font-semibold [&_b]:text-brand",
            wrap ? "whitespace-pre-wrap [overflow-wrap:anywhere]" : "whitespace-pre",
            wrap && (file === undefined ? "md:pe-24" : "md:pe-52"),
          )}
        >
          {parts.map((part, index) =>
            part.changed ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts never reorder
              <b key={index}>{part.text}</b>
            ) : (
              part.text
            ),
          )}
        </pre>
      </section>
    </div>
  );
}
