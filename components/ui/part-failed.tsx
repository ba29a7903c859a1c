import { CopyButton } from "./copy-button";

/** Stands where a part of a page could not be read; the other parts are there. `id`: the cause is logged under it. */
export function PartFailed({
  what,
  href,
  id,
}: {
  readonly what: string;
  readonly href: string;
  readonly id: string;
}) {
  return (
    <div role="alert" className="my-4 rounded-card border border-line bg-surface px-4 py-3 text-ink-2">
      <p>
        {what} could not be read. The rest of the page is up to date.{" "}
        {/* A full load: what failed is read again. */}
        <a href={href} className="link">
          Try again
        </a>
      </p>
      <p className="mt-1 flex items-center gap-1 text-small text-ink-3">
        If it happens again, send this id to your administrator:
        <code translate="no">{id}</code>
        <CopyButton text={id} label="Copy id" />
      </p>
    </div>
  );
}
