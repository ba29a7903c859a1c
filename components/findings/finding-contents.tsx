import { FollowScroll } from "./section-list";

/** The sections of the page, the one that is being read marked. */
export function FindingContents({
  parts,
}: {
  readonly parts: readonly { readonly id: string; readonly title: string; readonly count?: number }[];
}) {
  return (
    <nav id="on-this-page" aria-label="On this page" className="contents-list">
      {parts.map(({ id, title, count }) => (
        <a key={id} href={`#${id}`}>
          {title}
          {count ? <b>{count}</b> : null}
        </a>
      ))}
      <FollowScroll nav="on-this-page" />
    </nav>
  );
}
