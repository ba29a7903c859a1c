import type { z } from "zod";
import { hashSecret, newSecret } from "@/lib/auth/secret";
import { lockMembers } from "@/lib/db/system/memberships";
import { countWorkingTokens, insertToken, listTokensOf, revokeTokenOf } from "@/lib/db/system/tokens";
import { AppError, notFound } from "@/lib/errors";
import { parse } from "@/lib/input/parse";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import { tokenScopes } from "@/lib/tenancy/permissions";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withIdentity } from "@/lib/tenancy/with-identity";
import { newToken } from "./token-input";

const day = 86_400_000;

/** Tokens of an organization that work at one time: each may ask 600 times a minute. */
export const mostTokens = 50;

export interface TokenRow {
  readonly id: string;
  readonly name: string;
  /** `pst_live_ab12`: enough to recognize it in a configuration. */
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
  readonly state: "active" | "expired" | "revoked";
  /** `left`: they are no member any more, and the token goes on until somebody revokes it. */
  readonly creator: { readonly name: string; readonly is: "member" | "disabled" } | { readonly is: "left" };
}

/** Makes an API token and returns it, the only time it exists in clear. `days` is 1 to 365. Throws conflict when too many work. */
export async function createToken(
  ctx: TenantContext,
  wanted: z.input<typeof newToken>,
  now = new Date(),
): Promise<{ id: string; name: string; token: string; prefix: string; expiresAt: string }> {
  authorize(ctx, "token.manage");
  const input = parse(newToken, wanted);
  const { principal } = ctx;
  if (principal.type !== "user") throw new AppError("forbidden", "Only a person can create tokens.");
  const scopes = tokenScopes.values.filter((scope) => input.scopes.includes(scope));
  const token = `pst_live_${newSecret()}`;
  const prefix = token.slice(0, 13);
  const expiresAt = new Date(now.getTime() + input.days * day);
  const id = await withIdentity(ctx, async (db) => {
    // Two at once count each other.
    await lockMembers(db, ctx.tenantId);
    if ((await countWorkingTokens(db, ctx.tenantId, now)) >= mostTokens) throw tooManyTokens();
    const row = await insertToken(db, {
      tenantId: ctx.tenantId,
      name: input.name,
      prefix,
      tokenHash: hashSecret(token),
      scopes,
      createdBy: principal.userId,
      expiresAt,
    });
    await audit(db, ctx, "token.created", `token:${row.id}`, {
      name: input.name,
      prefix,
      scopes,
      expiresAt: expiresAt.toISOString(),
    });
    return row.id;
  });
  return { id, name: input.name, token, prefix, expiresAt: expiresAt.toISOString() };
}

function tooManyTokens(): AppError {
  return new AppError(
    "conflict",
    `${mostTokens} tokens of this organization work, which is the limit, and this one was not created. Revoke one that is not needed.`,
  );
}

/** The tokens of the organization: those that work, newest first, then the last that ended. */
export async function listTokens(ctx: TenantContext, now = new Date()): Promise<readonly TokenRow[]> {
  authorize(ctx, "token.manage");
  const rows = await withIdentity(ctx, (db) => listTokensOf(db, ctx.tenantId, now));
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    state: row.revokedAt !== null ? "revoked" : row.expiresAt <= now ? "expired" : "active",
    creator:
      row.creatorName === null
        ? { is: "left" }
        : { is: row.creatorDisabled ? "disabled" : "member", name: row.creatorName },
  }));
}

/** Works from the next request on. */
export async function revokeToken(ctx: TenantContext, input: { tokenId: string }): Promise<void> {
  authorize(ctx, "token.manage");
  await withIdentity(ctx, async (db) => {
    if (!(await revokeTokenOf(db, ctx.tenantId, input.tokenId, new Date()))) throw notFound();
    await audit(db, ctx, "token.revoked", `token:${input.tokenId}`);
  });
}
