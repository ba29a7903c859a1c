"use client";

import { MessagePage } from "@/components/shell/message-page";
import { LinkButton } from "@/components/ui/button";

/** Rendered where it is shown: every page holds it ready, and the server would pay for it each time. */
export default function ProductNotFound() {
  return (
    <MessagePage
      title="Not found, or you do not have access"
      actions={<LinkButton href="/">Go to the start page</LinkButton>}
    >
      <p>
        The address may be mistyped, or you are not a member of this organization. One of its admins can
        invite you.
      </p>
    </MessagePage>
  );
}
