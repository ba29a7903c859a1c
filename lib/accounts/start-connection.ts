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
import type { ConnectView } from "./account-view";
import { connectView, readConnection } from "./get-connect";
import { requirePrincipal } from "./principals";

/** Connections of an organization that are begun and not proven, at one time. */
export const mostDrafts = 50;

/**
 * Begins a connection: a draft account with an external id of its own, created by us from 128 random bits. No one
 * chooses, edits or reuses one: it is what keeps another customer from using this one's role. A draft of the same
 * AWS account is taken up again. Throws invalid_input per field, conflict when the account is already connected and
 * when too many connections are not finished.
 */
export function startConnection(
  ctx: TenantContext,
  input: z.input<typeof newConnection>,
): Promise<{ id: string }> {
  return begin(ctx, input, async (_db, id) => ({ id }));
}

/** The same for programs: answers the connection with the role to create, read in the same transaction. */
export function createConnection(
  ctx: TenantContext,
  input: z.input<typeof newConnection>,
): Promise<Omit<ConnectView, "wishes">> {
  return begin(ctx, input, async (db, id) => {
    const { wishes: _wishes, ...connection } = connectView(await readConnection(db, ctx.tenantId, id), {});
    return connection;
  });
}

async function begin<T>(
  ctx: TenantContext,
  input: z.input<typeof newConnection>,
  answer: (db: TenantDb, id: string) => Promise<T>,
): Promise<T> {
  authorize(ctx, "account.connect");
  const connection = parse(newConnection, input);
  requirePrincipal(connection.partition);
  return withTenant(ctx, async (db) => {
    await refuseConnected(db, ctx.tenantId, connection.awsAccountId);
    // Two at once count each other, and take up the same draft.
    await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('account drafts'), hashtext(${ctx.tenantId}))`;
    const draft = await db.account.findFirst({
      where: {
        tenantId: ctx.tenantId,
        awsAccountId: connection.awsAccountId,
        partition: connection.partition,
        status: "draft",
      },
      select: { id: true },
    });
    if (!draft) await refuseTooManyDrafts(db, ctx.tenantId);
    const { id } = draft
      ? await takeUp(db, ctx.tenantId, draft.id, connection)
      : await db.account.create({
          data: { tenantId: ctx.tenantId, ...connection, externalId: newExternalId() },
          select: { id: true },
        });
    const { awsAccountId, partition, environment } = connection;
    const data = { awsAccountId, partition, environment };
    await audit(db, ctx, "account.connection_started", `account:${id}`, data);
    return answer(db, id);
  });
}

function newExternalId(): string {
  return `pst_${randomBytes(16).toString("hex")}`;
}

async function takeUp(
  db: TenantDb,
  tenantId: string,
  id: string,
  { name, environment }: z.output<typeof newConnection>,
): Promise<{ id: string }> {
  return db.account.update({
    where: { tenantId_id: { tenantId, id } },
    data: { name, environment, version: { increment: 1 } },
    select: { id: true },
  });
}

async function refuseTooManyDrafts(db: TenantDb, tenantId: string): Promise<void> {
  if ((await db.account.count({ where: { tenantId, status: "draft" } })) < mostDrafts) return;
  throw new AppError(
    "conflict",
    `${mostDrafts} connections are not finished, which is the limit, and this one was not started. Finish or delete one of them: they are in the list of accounts.`,
  );
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
