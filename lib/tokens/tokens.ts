import type { z } from "zod";
import { hashSecret, newSecret } from "@/lib/auth/secret";
import { insertToken, listTokensOf, revokeTokenOf } from "@/lib/db/system/tokens";
import { AppError, notFound } from "@/lib/errors";
import { parse } from "@/lib/input/parse";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import { tokenScopes } from "@/lib/tenancy/permissions";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withIdentity } from "@/lib/tenancy/with-identity";
import { newToken } from "./token-input";

const day = 86_400_000;

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
}

/** Makes an API token and returns it, the only time it exists in clear. `days` is 1 to 365. */
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

/** All tokens of the organization, newest first, the ended ones too. */
export async function listTokens(ctx: TenantContext, now = new Date()): Promise<readonly TokenRow[]> {
  authorize(ctx, "token.manage");
  const rows = await withIdentity(ctx, (db) => listTokensOf(db, ctx.tenantId));
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    state: row.revokedAt !== null ? "revoked" : row.expiresAt <= now ? "expired" : "active",
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
