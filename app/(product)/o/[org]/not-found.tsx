import { Message } from "@/components/shell/message-page";
import { LinkButton } from "@/components/ui/button";

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
