import type { ComponentProps } from "react";

/**
 * A link inside the product: a plain one, on the server too, that FollowLinks goes to without loading the page anew.
 * The framework's own asks for the page behind every link that comes into view, each with its session, membership and
 * counts, and is a component that the server renders for each; a list has a hundred of them.
 */
export function Link(props: ComponentProps<"a"> & { readonly href: string }) {
  return <a {...props} data-in-place="" />;
}
