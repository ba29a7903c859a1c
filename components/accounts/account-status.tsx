import { Glyph } from "@/components/coverage/glyph";
import { Tag } from "@/components/ui/tag";

/** How the connection to an account is. */
export function AccountStatus({ status }: { readonly status: string }) {
  switch (status) {
    case "connected":
      return (
        <Tag tone="proven">
          <Glyph name="logged" size={14} />
          Connected
        </Tag>
      );
    case "unreachable":
      return (
        <Tag tone="wait">
          <Glyph name="delivery-failing" size={14} />
          Unreachable
        </Tag>
      );
    case "disconnected":
      return <Tag>Disconnected</Tag>;
    default:
      return (
        <Tag tone="note">
          <Glyph name="pending" size={14} />
          Not finished
        </Tag>
      );
  }
}
