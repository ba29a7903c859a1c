-- Filters of the findings list that somebody keeps under a name: for themselves, or for everybody.
CREATE TABLE "saved_views" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "owner_id" UUID,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT business_now(),

    CONSTRAINT "saved_views_pkey" PRIMARY KEY ("tenant_id", "id")
);
-- One name is one view, among those a person sees as theirs and among those of everybody.
CREATE UNIQUE INDEX "saved_views_name_key" ON "saved_views"("tenant_id", "owner_id", lower("name")) WHERE "owner_id" IS NOT NULL;
CREATE UNIQUE INDEX "saved_views_shared_name_key" ON "saved_views"("tenant_id", lower("name")) WHERE "owner_id" IS NULL;
CREATE INDEX "saved_views_tenant_id_owner_id_idx" ON "saved_views"("tenant_id", "owner_id");
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_tenant_id_owner_id_fkey" FOREIGN KEY ("tenant_id", "owner_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "saved_views" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "saved_views" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "saved_views" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON "saved_views" TO "posturio_app";
GRANT SELECT, DELETE ON "saved_views" TO "posturio_keeper";
