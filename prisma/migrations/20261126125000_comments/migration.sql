-- What people say about a finding. Nobody changes or deletes one: the keeper does, when its time is over.
CREATE TABLE "comments" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "finding_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT business_now(),
    "author" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "mentions" UUID[] NOT NULL DEFAULT '{}',
    "visibility" TEXT NOT NULL DEFAULT 'internal',

    CONSTRAINT "comments_pkey" PRIMARY KEY ("tenant_id", "id"),
    CONSTRAINT "comments_body_check" CHECK (char_length("body") BETWEEN 1 AND 10000),
    CONSTRAINT "comments_visibility_check" CHECK ("visibility" IN ('internal'))
);
CREATE INDEX "comments_tenant_id_finding_id_at_id_idx" ON "comments"("tenant_id", "finding_id", "at", "id");
-- For those that are past their time.
CREATE INDEX "comments_tenant_id_at_idx" ON "comments"("tenant_id", "at");

-- Foreign keys are validated by the owner, who is bound by row-level security too.
ALTER TABLE "findings" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "comments" ADD CONSTRAINT "comments_tenant_id_finding_id_fkey" FOREIGN KEY ("tenant_id", "finding_id") REFERENCES "findings"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "findings" FORCE ROW LEVEL SECURITY;

ALTER TABLE "comments" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "comments" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "comments" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);
GRANT SELECT, INSERT ON "comments" TO "posturio_app";
GRANT SELECT, DELETE ON "comments" TO "posturio_keeper";

-- What a token may say about findings.
ALTER TABLE "api_tokens" DROP CONSTRAINT "api_tokens_scopes_check";
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_scopes_check" CHECK ("scopes" <@ ARRAY['read', 'scan', 'write:finding', 'write:comment', 'verify', 'admin:accounts']);
