import NextLink from "next/link";
import type { ComponentProps } from "react";
import { LinkPending } from "./link-pending";

/**
 * A link inside the product. It reads nothing ahead: the framework would ask for the page behind every link that comes
 * into view, each with its session, membership and counts, and a list has a hundred of them. In place of that a bar
 * says that the page is on its way.
 */
export function Link({ children, ...rest }: Omit<ComponentProps<typeof NextLink>, "prefetch">) {
  return (
    <NextLink {...rest} prefetch={false}>
      {children}
      <LinkPending />
    </NextLink>
  );
}
