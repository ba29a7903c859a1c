import type { ComponentProps } from "react";

/**
 * A link inside the product: a plain one, on the server too, that FollowLinks goes to without loading the page anew.
 * The framework's own asks for the page behind every link that comes into view, each with its session, membership and
 * counts, and is a component that the server renders for each; a list has a hundred of them.
 */
export function Link({
  scroll = true,
  ...props
}: ComponentProps<"a"> & {
  readonly href: string;
  /** False: the window stays where it is, for a choice within the page. */
  readonly scroll?: boolean;
}) {
  return <a {...props} data-in-place={scroll ? "" : "unmoved"} />;
}
