import { randomBytes } from "node:crypto";
import type { z } from "zod";
import type { TenantDb } from "@/lib/db/tenant-db";
import { AppError } from "@/lib/errors";
import { parse } from "@/lib/input/parse";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { newConnection } from "./account-input";
import { requirePrincipal } from "./principals";

/**
 * Begins a connection: a draft account with an external id of its own, created by us from 128 random bits. No one
 * chooses, edits or reuses one: it is what keeps another customer from using this one's role. A draft of the same
 * AWS account is taken up again. Throws invalid_input per field, conflict when the account is already connected.
 */
export async function startConnection(
  ctx: TenantContext,
  input: z.input<typeof newConnection>,
): Promise<{ id: string }> {
  authorize(ctx, "account.connect");
  const connection = parse(newConnection, input);
  requirePrincipal(connection.partition);
  return withTenant(ctx, async (db) => {
    await refuseConnected(db, ctx.tenantId, connection.awsAccountId);
    const draft = await db.account.findFirst({
      where: {
        tenantId: ctx.tenantId,
        awsAccountId: connection.awsAccountId,
        partition: connection.partition,
        status: "draft",
      },
      select: { id: true },
    });
    if (draft) {
      const { name, environment } = connection;
      const where = { tenantId_id: { tenantId: ctx.tenantId, id: draft.id } };
      return db.account.update({
        where,
        data: { name, environment, version: { increment: 1 } },
        select: { id: true },
      });
    }
    const account = await db.account.create({
      data: { tenantId: ctx.tenantId, ...connection, externalId: `pst_${randomBytes(16).toString("hex")}` },
      select: { id: true },
    });
    const { awsAccountId, partition } = connection;
    await audit(db, ctx, "account.connection_started", `account:${account.id}`, { awsAccountId, partition });
    return account;
  });
}

async function refuseConnected(db: TenantDb, tenantId: string, awsAccountId: string): Promise<void> {
  const connected = await db.account.findFirst({
    where: { tenantId, awsAccountId, status: { in: ["connected", "unreachable"] } },
    select: { name: true },
  });
  if (!connected) return;
  const text = `This AWS account is already connected, as “${connected.name}”.`;
  throw new AppError("conflict", text, { fields: { awsAccountId: text } });
}
