-- Every stored word with a fixed set has its check. The sets are those of the code (lib/**/*-states.ts,
-- lib/findings/lifecycle/states.ts, lib/checks/words.ts); lib/db/closed-words.db.test.ts compares the two.
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_environment_check" CHECK ("environment" IN ('production', 'staging', 'development', 'sandbox', 'log-archive', 'management', 'other'));
ALTER TABLE "connection_tests" ADD CONSTRAINT "connection_tests_purpose_check" CHECK ("purpose" IN ('connect', 'recheck'));
ALTER TABLE "scans" ADD CONSTRAINT "scans_trigger_check" CHECK ("trigger" IN ('schedule', 'manual', 'api', 'connect', 'retry'));
ALTER TABLE "findings" ADD CONSTRAINT "findings_status_check" CHECK ("status" IN ('none', 'open'));
-- The verdict that stands has decided: NOT_EVALUATED never gets here.
ALTER TABLE "findings" ADD CONSTRAINT "findings_verdict_check" CHECK ("verdict" IN ('PASS', 'FAIL'));
ALTER TABLE "findings" ADD CONSTRAINT "findings_severity_check" CHECK ("severity" IN ('CRITICAL', 'HIGH', 'MEDIUM', 'LOW'));
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_scopes_check" CHECK ("scopes" <@ ARRAY['read', 'scan', 'admin:accounts']);
