-- A connection that was begun and never proven can be deleted, with the tests that tried it. An account that was ever
-- connected stays, whoever asks: the grant alone would let the product's role delete it too.

-- Foreign keys are validated as the owner, who is bound by row-level security too.
ALTER TABLE "accounts" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "connection_tests" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "run_progress" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "connection_tests" DROP CONSTRAINT "connection_tests_tenant_id_account_id_fkey";
ALTER TABLE "connection_tests" ADD CONSTRAINT "connection_tests_tenant_id_account_id_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "accounts"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "run_progress" DROP CONSTRAINT "run_progress_account_fkey";
ALTER TABLE "run_progress" ADD CONSTRAINT "run_progress_account_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "accounts"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "accounts" FORCE ROW LEVEL SECURITY;
ALTER TABLE "connection_tests" FORCE ROW LEVEL SECURITY;
ALTER TABLE "run_progress" FORCE ROW LEVEL SECURITY;

CREATE FUNCTION "keep_connected_account"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."status" <> 'draft' OR OLD."connected_at" IS NOT NULL OR OLD."role_arn" IS NOT NULL THEN
    RAISE EXCEPTION 'an account that was connected is not deleted' USING ERRCODE = '42501';
  END IF;
  RETURN OLD;
END
$$;
-- The keeper alone erases whole organizations.
CREATE TRIGGER "keep_connected_account" BEFORE DELETE ON "accounts" FOR EACH ROW
  WHEN (current_user <> 'posturio_keeper') EXECUTE FUNCTION "keep_connected_account"();

GRANT DELETE ON "accounts" TO "posturio_app";
