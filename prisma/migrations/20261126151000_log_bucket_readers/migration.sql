-- Through which account the log files of a bucket can be read, as found out: the next look asks there first.
CREATE TABLE "log_bucket_readers" (
    "tenant_id" UUID NOT NULL,
    "bucket" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "bucket_owner" TEXT NOT NULL,
    "found_at" TIMESTAMPTZ(6) NOT NULL DEFAULT business_now(),

    CONSTRAINT "log_bucket_readers_pkey" PRIMARY KEY ("tenant_id", "bucket")
);
CREATE INDEX "log_bucket_readers_tenant_id_account_id_idx" ON "log_bucket_readers"("tenant_id", "account_id");

-- The foreign key is validated by the owner, who is bound by row-level security too.
ALTER TABLE "accounts" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "log_bucket_readers" ADD CONSTRAINT "log_bucket_readers_tenant_id_account_id_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "accounts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "accounts" FORCE ROW LEVEL SECURITY;

ALTER TABLE "log_bucket_readers" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "log_bucket_readers" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "log_bucket_readers" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);
GRANT SELECT, INSERT, UPDATE ON "log_bucket_readers" TO "posturio_app";
GRANT SELECT, DELETE ON "log_bucket_readers" TO "posturio_keeper";
