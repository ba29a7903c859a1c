"use client";

import { Message } from "@/components/shell/message-page";
import { LinkButton } from "@/components/ui/button";

/** Rendered where it is shown: every page holds it ready, and the server would pay for it each time. */
export default function OrganizationNotFound() {
  return (
    <Message
      title="Not found, or you do not have access"
      actions={<LinkButton href="/">Go to the start page</LinkButton>}
    >
      <p>The address may be mistyped, or what it leads to belongs to another organization.</p>
    </Message>
  );
}
