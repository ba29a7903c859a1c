import { Glyph, type GlyphName } from "@/components/coverage/glyph";
import { Tag, type Tone } from "@/components/ui/tag";
import { accountStatusLabels, type AccountStatus as Status } from "@/lib/accounts/account-states";

const looks: Readonly<Record<Status, { readonly tone?: Tone; readonly glyph?: GlyphName }>> = {
  connected: { tone: "proven", glyph: "logged" },
  unreachable: { tone: "wait", glyph: "delivery-failing" },
  draft: { tone: "note", glyph: "pending" },
  disconnected: {},
};

/** How the connection to an account is. */
export function AccountStatus({ status }: { readonly status: Status }) {
  const { tone, glyph } = looks[status];
  return (
    <Tag {...(tone ? { tone } : {})}>
      {glyph ? <Glyph name={glyph} size={14} /> : null}
      {accountStatusLabels[status]}
    </Tag>
  );
}
