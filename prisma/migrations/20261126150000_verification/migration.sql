-- Findings can be proven fixed, and can come back after that.
ALTER TABLE "findings" DROP CONSTRAINT "findings_status_check";
ALTER TABLE "findings" ADD CONSTRAINT "findings_status_check" CHECK ("status" IN ('none', 'open', 'in_progress', 'awaiting_verification', 'resolved', 'reopened', 'closed_out_of_scope'));
-- What calls for work, or could not be read: it is never out of sight. So is what failed again after it was proven.
DROP INDEX "findings_counted_idx";
ALTER TABLE "findings" DROP COLUMN "needs_work";
ALTER TABLE "findings" ADD COLUMN "needs_work" BOOLEAN NOT NULL GENERATED ALWAYS AS (
  "status" IN ('open', 'in_progress', 'awaiting_verification', 'reopened') OR "observation" = 'unknown'
    OR ("status" = 'resolved' AND "observation" = 'failing')
) STORED;
CREATE INDEX "findings_counted_idx" ON "findings"("tenant_id", "place", "needs_work", "cause_rank");
DROP INDEX "findings_open_idx";
CREATE INDEX "findings_open_idx" ON "findings"("tenant_id", "due_at", "id")
  INCLUDE ("account_id", "check_id", "place", "priority", "owner_id", "comebacks", "status")
  WHERE "status" IN ('open', 'in_progress', 'awaiting_verification', 'reopened');
DROP INDEX "findings_unowned_idx";
CREATE INDEX "findings_unowned_idx" ON "findings"("tenant_id", "priority", "due_at", "id")
  WHERE "owner_id" IS NULL AND "status" IN ('open', 'in_progress', 'awaiting_verification', 'reopened');
DROP INDEX "findings_owner_work_idx";
CREATE INDEX "findings_owner_work_idx" ON "findings"("tenant_id", "owner_id", "due_at", "id")
  WHERE "status" IN ('open', 'in_progress', 'reopened');

ALTER TABLE "claims" DROP CONSTRAINT "claims_claimed_from_check";
ALTER TABLE "claims" ADD CONSTRAINT "claims_claimed_from_check" CHECK ("claimed_from" IN ('open', 'in_progress', 'reopened'));
ALTER TABLE "claims" DROP CONSTRAINT "claims_ending_check";
ALTER TABLE "claims" ADD CONSTRAINT "claims_ending_check" CHECK ("ending" IN ('withdrawn', 'refuted', 'out_of_scope', 'verified', 'timed_out'));

ALTER TABLE "scans" DROP CONSTRAINT "scans_trigger_check";
ALTER TABLE "scans" ADD CONSTRAINT "scans_trigger_check" CHECK ("trigger" IN ('schedule', 'manual', 'api', 'connect', 'retry', 'look', 'verification', 'confirmation'));
ALTER TABLE "run_progress" DROP CONSTRAINT "run_progress_kind_check";
ALTER TABLE "run_progress" ADD CONSTRAINT "run_progress_kind_check" CHECK ("kind" IN ('scan', 'connection_test', 'trust_probe', 'verification'));
ALTER TABLE "inbox_items" DROP CONSTRAINT "inbox_items_kind_check";
ALTER TABLE "inbox_items" ADD CONSTRAINT "inbox_items_kind_check" CHECK ("kind" IN ('assigned', 'mentioned', 'due', 'overdue', 'came_back', 'account_unreadable', 'verified', 'verification_failed', 'verification_inconclusive'));

-- The level of delivery that an organization demands before a finding counts as fixed.
ALTER TABLE "triage_settings" ADD COLUMN "required_proof" TEXT NOT NULL DEFAULT 'delivered';
ALTER TABLE "triage_settings" ADD CONSTRAINT "triage_settings_required_proof_check" CHECK ("required_proof" IN ('delivered', 'object', 'content'));

-- Two keys: configuration as read after the claim, and delivery of our own calls.
CREATE TABLE "verifications" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "number" INTEGER NOT NULL,
    "finding_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "episode" INTEGER NOT NULL,
    "claim_id" UUID,
    "status" TEXT NOT NULL DEFAULT 'running',
    "trigger" TEXT NOT NULL,
    "requested_by" TEXT NOT NULL,
    "required_proof" TEXT NOT NULL,
    "reached_proof" TEXT,
    "month" DATE NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL DEFAULT business_now(),
    "scan_id" UUID,
    "proof" JSONB NOT NULL,
    "looks" SMALLINT NOT NULL DEFAULT 0,
    "next_look_at" TIMESTAMPTZ(6),
    "gives_up_at" TIMESTAMPTZ(6),
    "first_gave_up_at" TIMESTAMPTZ(6),
    "retries" SMALLINT NOT NULL DEFAULT 0,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "verifications_pkey" PRIMARY KEY ("tenant_id", "id"),
    CONSTRAINT "verifications_status_check" CHECK ("status" IN ('inconclusive', 'running', 'passed', 'failed', 'cancelled')),
    CONSTRAINT "verifications_trigger_check" CHECK ("trigger" IN ('claim', 'unclaimed_pass', 'person')),
    CONSTRAINT "verifications_required_proof_check" CHECK ("required_proof" IN ('delivered', 'object', 'content')),
    CONSTRAINT "verifications_reached_proof_check" CHECK ("reached_proof" IN ('delivered', 'object', 'content')),
    CONSTRAINT "verifications_finished_check" CHECK ("status" = 'inconclusive' OR ("status" = 'running') = ("finished_at" IS NULL))
);
CREATE UNIQUE INDEX "verifications_tenant_id_number_key" ON "verifications"("tenant_id", "number");
CREATE INDEX "verifications_tenant_id_finding_id_started_at_idx" ON "verifications"("tenant_id", "finding_id", "started_at" DESC);
-- One at a time for a finding; what gave up and may be tried again is one that goes on.
CREATE UNIQUE INDEX "verifications_open_key" ON "verifications"("tenant_id", "finding_id") WHERE "finished_at" IS NULL;
-- Whom a scan wakes at its end.
CREATE INDEX "verifications_of_account_idx" ON "verifications"("tenant_id", "account_id") WHERE "finished_at" IS NULL;
-- For those that are past their time.
CREATE INDEX "verifications_tenant_id_finished_at_idx" ON "verifications"("tenant_id", "finished_at");

ALTER TABLE "findings" ADD COLUMN "verified_at" TIMESTAMPTZ(6);
ALTER TABLE "findings" ADD COLUMN "verification_id" UUID;

-- Foreign keys are validated by the owner, who is bound by row-level security too.
ALTER TABLE "findings" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "accounts" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "claims" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "verifications" ADD CONSTRAINT "verifications_tenant_id_finding_id_fkey" FOREIGN KEY ("tenant_id", "finding_id") REFERENCES "findings"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "verifications" ADD CONSTRAINT "verifications_tenant_id_account_id_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "accounts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "findings" FORCE ROW LEVEL SECURITY;
ALTER TABLE "accounts" FORCE ROW LEVEL SECURITY;
ALTER TABLE "claims" FORCE ROW LEVEL SECURITY;

ALTER TABLE "verifications" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "verifications" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "verifications" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);
GRANT SELECT, INSERT, UPDATE ON "verifications" TO "posturio_app";
GRANT SELECT, DELETE ON "verifications" TO "posturio_keeper";

SET ROLE "posturio_keeper";
ALTER TABLE "runs" DROP CONSTRAINT "runs_kind_check";
ALTER TABLE "runs" ADD CONSTRAINT "runs_kind_check" CHECK ("kind" IN ('scan', 'connection_test', 'trust_probe', 'verification'));
ALTER TABLE "finding_events" DROP CONSTRAINT "finding_events_kind_check";
ALTER TABLE "finding_events" ADD CONSTRAINT "finding_events_kind_check" CHECK ("kind" IN ('detected', 'still_failing', 'first_passed', 'still_passing', 'now_passing', 'failing_again', 'severity_changed', 'reason_changed', 'could_not_read', 'assigned', 'unassigned', 'due_changed', 'ticket_changed', 'started', 'put_back', 'claimed', 'claim_withdrawn', 'claim_refuted', 'out_of_scope', 'pass_to_prove', 'verified', 'verification_failed', 'verification_inconclusive', 'claim_timed_out', 'reopened'));
ALTER TABLE "snapshots" DROP CONSTRAINT "snapshots_status_check";
ALTER TABLE "snapshots" ADD CONSTRAINT "snapshots_status_check" CHECK ("status" IN ('none', 'open', 'in_progress', 'awaiting_verification', 'resolved', 'reopened', 'closed_out_of_scope'));
RESET ROLE;
