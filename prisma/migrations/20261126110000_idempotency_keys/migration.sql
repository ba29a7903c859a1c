-- The first answer to a request with an Idempotency-Key, written with the effect and kept for 24 hours. No history: the
-- product deletes what has expired, and changes nothing.
CREATE TABLE "idempotency_keys" (
    "tenant_id" UUID NOT NULL,
    "principal" TEXT NOT NULL,
    "key_hash" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "body" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("tenant_id", "principal", "key_hash")
);
CREATE INDEX "idempotency_keys_tenant_id_created_at_idx" ON "idempotency_keys"("tenant_id", "created_at");

ALTER TABLE "idempotency_keys" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "idempotency_keys" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "idempotency_keys" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);
GRANT SELECT, INSERT, DELETE ON "idempotency_keys" TO "posturio_app";
GRANT SELECT, DELETE ON "idempotency_keys" TO "posturio_keeper";
