import type { Metadata } from "next";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ActionButton } from "@/components/ui/form/action-button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import { Time } from "@/components/ui/time";
import { pageTenant } from "@/lib/http/page";
import { formHints } from "@/lib/input/form-hints";
import { may } from "@/lib/tenancy/authorize";
import { newToken } from "@/lib/tokens/token-input";
import { listTokens, type TokenRow } from "@/lib/tokens/tokens";
import { orUnavailable } from "../../../../or-unavailable";
import { endToken } from "./actions";
import { TokenForm } from "./token-form";

export const metadata: Metadata = { title: "API tokens" };

const tones = { active: "proven", expired: "neutral", revoked: "neutral" } as const;

export default orUnavailable(TokensPage);

async function TokensPage({ params }: { readonly params: Promise<{ org: string }> }) {
  const { org } = await params;
  const ctx = await pageTenant(org, "organization.view");
  if (!may(ctx, "token.manage")) {
    return (
      <EmptyState title="Only admins see API tokens">
        Your role here is {ctx.role}. An admin of {ctx.organizationName} can create a token for you.
      </EmptyState>
    );
  }
  const tokens = await listTokens(ctx);
  return (
    <>
      <Card id="new-token-card" title="New token" aside="For the API at /api/v1">
        <TokenForm hints={formHints(newToken)} organization={ctx.slug} />
      </Card>
      {tokens.length === 0 ? (
        <p className="text-ink-2">No tokens yet.</p>
      ) : (
        <Card id="tokens-card" title="Tokens" flush>
          <Table caption="API tokens of the organization" className="rows token-rows">
            <thead>
              <tr>
                <Th>Name</Th>
                <Th>Created by</Th>
                <Th>Scopes</Th>
                <Th>State</Th>
                <Th>Last used</Th>
                <Th>Expires</Th>
                <Th>Revoke</Th>
              </tr>
            </thead>
            <tbody>
              {tokens.map((token) => (
                <Tr key={token.id}>
                  <Td>
                    <span className="font-medium">{token.name}</span>
                    <br />
                    <code translate="no" className="font-mono text-code text-ink-3">
                      {token.prefix}…
                    </code>
                  </Td>
                  <Td>
                    <span className="md:hidden">by </span>
                    <Creator of={token.creator} />
                  </Td>
                  <Td>{token.scopes.join(", ")}</Td>
                  <Td>
                    <Tag tone={tones[token.state]}>{token.state}</Tag>
                  </Td>
                  <Td>
                    <span className="md:hidden">last used </span>
                    {token.lastUsedAt === null ? "never" : <Time at={token.lastUsedAt} />}
                  </Td>
                  <Td>
                    <span className="md:hidden">expires </span>
                    <Time at={token.expiresAt} style="date" />
                  </Td>
                  <Td>
                    {token.state === "active" ? (
                      <ActionButton
                        action={endToken.bind(null, ctx.slug)}
                        values={{ tokenId: token.id }}
                        size="small"
                        variant="danger"
                        pendingText="Revoking…"
                      >
                        Revoke<span className="sr-only"> {token.name}</span>
                      </ActionButton>
                    ) : null}
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        </Card>
      )}
    </>
  );
}

/** Who answers for a token. One that nobody here answers for still works: that is said, not hidden. */
function Creator({ of: creator }: { readonly of: TokenRow["creator"] }) {
  if (creator.is === "left") return <Tag tone="blind">someone who left</Tag>;
  return (
    <span className="inline-flex flex-wrap items-center gap-1">
      {creator.name}
      {creator.is === "disabled" ? <Tag tone="blind">disabled</Tag> : null}
    </span>
  );
}
