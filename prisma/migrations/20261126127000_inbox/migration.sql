-- What a member is told of: one row per cause and person. No history: the product deletes what was read long ago.
CREATE TABLE "inbox_items" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "because" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "finding_id" UUID,
    "account_id" UUID,
    "actor" TEXT NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 1,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT business_now(),
    "read_at" TIMESTAMPTZ(6),

    CONSTRAINT "inbox_items_pkey" PRIMARY KEY ("tenant_id", "id"),
    CONSTRAINT "inbox_items_kind_check" CHECK ("kind" IN ('assigned', 'mentioned', 'due', 'overdue', 'came_back', 'account_unreadable')),
    CONSTRAINT "inbox_items_because_check" CHECK ("because" IN ('owner', 'watcher', 'account_rule', 'mention'))
);
-- The same cause tells nobody twice.
CREATE UNIQUE INDEX "inbox_items_tenant_id_user_id_cause_key" ON "inbox_items"("tenant_id", "user_id", "cause");
-- A person's list, and what of it is unread.
CREATE INDEX "inbox_items_tenant_id_user_id_at_id_idx" ON "inbox_items"("tenant_id", "user_id", "at" DESC, "id" DESC);
CREATE INDEX "inbox_items_unread_idx" ON "inbox_items"("tenant_id", "user_id") WHERE "read_at" IS NULL;
-- What is old enough to go.
CREATE INDEX "inbox_items_tenant_id_read_at_idx" ON "inbox_items"("tenant_id", "read_at");
CREATE INDEX "inbox_items_tenant_id_at_idx" ON "inbox_items"("tenant_id", "at");
-- Erasing an organization asks whether anything points at a finding or an account.
CREATE INDEX "inbox_items_finding_idx" ON "inbox_items"("tenant_id", "finding_id") WHERE "finding_id" IS NOT NULL;
CREATE INDEX "inbox_items_account_idx" ON "inbox_items"("tenant_id", "account_id") WHERE "account_id" IS NOT NULL;

-- Foreign keys are validated by the owner, who is bound by row-level security too.
ALTER TABLE "findings" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "accounts" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "inbox_items" ADD CONSTRAINT "inbox_items_tenant_id_user_id_fkey" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "inbox_items" ADD CONSTRAINT "inbox_items_tenant_id_finding_id_fkey" FOREIGN KEY ("tenant_id", "finding_id") REFERENCES "findings"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "inbox_items" ADD CONSTRAINT "inbox_items_tenant_id_account_id_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "accounts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "findings" FORCE ROW LEVEL SECURITY;
ALTER TABLE "accounts" FORCE ROW LEVEL SECURITY;

ALTER TABLE "inbox_items" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "inbox_items" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "inbox_items" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON "inbox_items" TO "posturio_app";
GRANT SELECT, DELETE ON "inbox_items" TO "posturio_keeper";

-- Whoever is told of something as a watcher is held until it is written: locking a row asks for the right to change it.
GRANT UPDATE ON "finding_watchers" TO "posturio_app";

-- What is due soon or overdue, of the whole organization.
CREATE INDEX "findings_tenant_id_due_at_id_idx" ON "findings"("tenant_id", "due_at", "id");
-- What a person has to fix, in its order, and how much of it there is: asked by every page.
CREATE INDEX "findings_owner_work_idx" ON "findings"("tenant_id", "owner_id", "due_at", "id") WHERE "status" IN ('open', 'in_progress');
