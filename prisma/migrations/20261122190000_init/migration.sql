-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "organizations" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organizations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(6),

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "sid_hash" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL DEFAULT '',
    "address" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "idle_expires_at" TIMESTAMPTZ(6) NOT NULL,
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "password_resets" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "password_resets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "memberships" (
    "tenant_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "can_approve" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("tenant_id","user_id")
);

-- CreateTable
CREATE TABLE "invites" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "tenant_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "can_approve" BOOLEAN NOT NULL DEFAULT false,
    "token_hash" TEXT NOT NULL,
    "invited_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "accepted_at" TIMESTAMPTZ(6),
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "invites_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_tokens" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "last_used_at" TIMESTAMPTZ(6),
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "api_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dispatch" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "tenant_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "priority" INTEGER NOT NULL DEFAULT 1,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "due_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "dispatched_at" TIMESTAMPTZ(6),
    "lease_owner" TEXT,
    "lease_until" TIMESTAMPTZ(6),
    "deadline_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "dispatch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scan_schedules" (
    "tenant_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "every_minutes" INTEGER NOT NULL DEFAULT 1440,
    "next_due_at" TIMESTAMPTZ(6) NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "scan_schedules_pkey" PRIMARY KEY ("tenant_id","account_id")
);

-- CreateTable
CREATE TABLE "worker_heartbeats" (
    "worker_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "worker_heartbeats_pkey" PRIMARY KEY ("worker_id")
);

-- CreateTable
CREATE TABLE "rate_limits" (
    "key" TEXT NOT NULL,
    "window_start" TIMESTAMPTZ(6) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "accounts" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "aws_account_id" TEXT NOT NULL,
    "partition" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "environment" TEXT NOT NULL DEFAULT 'other',
    "external_id" TEXT NOT NULL,
    "role_arn" TEXT,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "status_reason" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "connected_at" TIMESTAMPTZ(6),
    "disconnected_at" TIMESTAMPTZ(6),
    "last_read_at" TIMESTAMPTZ(6),
    "cooldown_until" TIMESTAMPTZ(6),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "connection_tests" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "role_arn" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "purpose" TEXT NOT NULL DEFAULT 'connect',
    "steps" JSONB NOT NULL DEFAULT '[]',
    "error_code" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "connection_tests_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "scans" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "number" INTEGER NOT NULL,
    "account_id" UUID NOT NULL,
    "trigger" TEXT NOT NULL,
    "requested_by" TEXT,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "requested_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(6),
    "finished_at" TIMESTAMPTZ(6),
    "engine_version" TEXT,
    "regions_total" INTEGER,
    "regions_read" INTEGER,
    "api_calls" INTEGER,
    "error_code" TEXT,
    "error_text" TEXT,

    CONSTRAINT "scans_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "readings" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "scan_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "api" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "target" TEXT,
    "outcome" TEXT NOT NULL,
    "error_code" TEXT,
    "message" TEXT,
    "request_id" TEXT,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "response" JSONB,
    "sha256" TEXT,

    CONSTRAINT "readings_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "evaluations" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "scan_id" UUID NOT NULL,
    "finding_id" UUID NOT NULL,
    "check_id" TEXT NOT NULL,
    "check_version" INTEGER NOT NULL,
    "verdict" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "severity" TEXT,
    "assurance" TEXT,
    "disposition" TEXT,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "result" JSONB NOT NULL,
    "description" JSONB NOT NULL,
    "facts" JSONB NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "evaluations_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "findings" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "check_id" TEXT NOT NULL,
    "number" INTEGER,
    "status" TEXT NOT NULL DEFAULT 'none',
    "observation" TEXT NOT NULL DEFAULT 'unknown',
    "observation_since" TIMESTAMPTZ(6) NOT NULL,
    "verdict" TEXT,
    "reason" TEXT,
    "severity" TEXT,
    "short" TEXT,
    "decided_at" TIMESTAMPTZ(6),
    "decided_evaluation_id" UUID,
    "last_evaluation_id" UUID,
    "last_checked_at" TIMESTAMPTZ(6),
    "episode" INTEGER NOT NULL DEFAULT 0,
    "first_failed_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "findings_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "episodes" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "finding_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "detected_at" TIMESTAMPTZ(6) NOT NULL,
    "detected_scan_id" UUID NOT NULL,
    "verified_at" TIMESTAMPTZ(6),

    CONSTRAINT "episodes_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "finding_events" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "finding_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "scan_id" UUID,
    "before" JSONB,
    "after" JSONB,
    "text" TEXT NOT NULL,

    CONSTRAINT "finding_events_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "first_seen" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "first_seen_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "counters" (
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "value" INTEGER NOT NULL,

    CONSTRAINT "counters_pkey" PRIMARY KEY ("tenant_id","name")
);

-- CreateTable
CREATE TABLE "audit_log" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "request_id" TEXT,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_log_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "organizations_slug_key" ON "organizations"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_sid_hash_key" ON "sessions"("sid_hash");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "password_resets_token_hash_key" ON "password_resets"("token_hash");

-- CreateIndex
CREATE INDEX "memberships_user_id_idx" ON "memberships"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "invites_token_hash_key" ON "invites"("token_hash");

-- CreateIndex
CREATE INDEX "invites_tenant_id_idx" ON "invites"("tenant_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_tokens_token_hash_key" ON "api_tokens"("token_hash");

-- CreateIndex
CREATE INDEX "api_tokens_tenant_id_idx" ON "api_tokens"("tenant_id");

-- CreateIndex
CREATE UNIQUE INDEX "dispatch_subject_id_key" ON "dispatch"("subject_id");

-- CreateIndex
CREATE INDEX "dispatch_state_due_at_idx" ON "dispatch"("state", "due_at");

-- CreateIndex
CREATE INDEX "dispatch_tenant_id_state_idx" ON "dispatch"("tenant_id", "state");

-- CreateIndex
CREATE INDEX "scan_schedules_next_due_at_idx" ON "scan_schedules"("next_due_at");

-- CreateIndex
CREATE INDEX "accounts_tenant_id_aws_account_id_idx" ON "accounts"("tenant_id", "aws_account_id");

-- CreateIndex
CREATE UNIQUE INDEX "accounts_tenant_id_external_id_key" ON "accounts"("tenant_id", "external_id");

-- CreateIndex
CREATE INDEX "connection_tests_tenant_id_account_id_idx" ON "connection_tests"("tenant_id", "account_id");

-- CreateIndex
CREATE INDEX "scans_tenant_id_account_id_requested_at_idx" ON "scans"("tenant_id", "account_id", "requested_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "scans_tenant_id_number_key" ON "scans"("tenant_id", "number");

-- CreateIndex
CREATE INDEX "readings_tenant_id_scan_id_at_idx" ON "readings"("tenant_id", "scan_id", "at");

-- CreateIndex
CREATE INDEX "evaluations_tenant_id_finding_id_at_idx" ON "evaluations"("tenant_id", "finding_id", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "evaluations_tenant_id_scan_id_check_id_key" ON "evaluations"("tenant_id", "scan_id", "check_id");

-- CreateIndex
CREATE INDEX "findings_tenant_id_status_observation_idx" ON "findings"("tenant_id", "status", "observation");

-- CreateIndex
CREATE UNIQUE INDEX "findings_tenant_id_account_id_check_id_key" ON "findings"("tenant_id", "account_id", "check_id");

-- CreateIndex
CREATE UNIQUE INDEX "findings_tenant_id_number_key" ON "findings"("tenant_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "episodes_tenant_id_finding_id_number_key" ON "episodes"("tenant_id", "finding_id", "number");

-- CreateIndex
CREATE INDEX "finding_events_tenant_id_finding_id_at_idx" ON "finding_events"("tenant_id", "finding_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "first_seen_tenant_id_account_id_subject_key" ON "first_seen"("tenant_id", "account_id", "subject");

-- CreateIndex
CREATE INDEX "audit_log_tenant_id_at_idx" ON "audit_log"("tenant_id", "at");

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "password_resets" ADD CONSTRAINT "password_resets_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invites" ADD CONSTRAINT "invites_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection_tests" ADD CONSTRAINT "connection_tests_tenant_id_account_id_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "accounts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scans" ADD CONSTRAINT "scans_tenant_id_account_id_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "accounts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "readings" ADD CONSTRAINT "readings_tenant_id_scan_id_fkey" FOREIGN KEY ("tenant_id", "scan_id") REFERENCES "scans"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evaluations" ADD CONSTRAINT "evaluations_tenant_id_scan_id_fkey" FOREIGN KEY ("tenant_id", "scan_id") REFERENCES "scans"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evaluations" ADD CONSTRAINT "evaluations_tenant_id_finding_id_fkey" FOREIGN KEY ("tenant_id", "finding_id") REFERENCES "findings"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "findings" ADD CONSTRAINT "findings_tenant_id_account_id_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "accounts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "episodes" ADD CONSTRAINT "episodes_tenant_id_finding_id_fkey" FOREIGN KEY ("tenant_id", "finding_id") REFERENCES "findings"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "episodes" ADD CONSTRAINT "episodes_tenant_id_detected_scan_id_fkey" FOREIGN KEY ("tenant_id", "detected_scan_id") REFERENCES "scans"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding_events" ADD CONSTRAINT "finding_events_tenant_id_finding_id_fkey" FOREIGN KEY ("tenant_id", "finding_id") REFERENCES "findings"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding_events" ADD CONSTRAINT "finding_events_tenant_id_scan_id_fkey" FOREIGN KEY ("tenant_id", "scan_id") REFERENCES "scans"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "first_seen" ADD CONSTRAINT "first_seen_tenant_id_account_id_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "accounts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- ------------------------------------------------------------------------------------------------------------
-- By hand from here: what schema.prisma cannot say.

-- Closed vocabularies, so that a typing mistake is an error and not a row nobody finds.
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_role_check" CHECK ("role" IN ('admin', 'lead', 'member', 'auditor'));
ALTER TABLE "invites" ADD CONSTRAINT "invites_role_check" CHECK ("role" IN ('admin', 'lead', 'member', 'auditor'));
ALTER TABLE "dispatch" ADD CONSTRAINT "dispatch_kind_check" CHECK ("kind" IN ('scan', 'connection_test'));
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_partition_check" CHECK ("partition" IN ('aws', 'aws-us-gov', 'aws-cn', 'aws-eusc'));
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_status_check" CHECK ("status" IN ('draft', 'connected', 'unreachable', 'disconnected'));
ALTER TABLE "connection_tests" ADD CONSTRAINT "connection_tests_status_check" CHECK ("status" IN ('queued', 'running', 'passed', 'failed'));
ALTER TABLE "scans" ADD CONSTRAINT "scans_status_check" CHECK ("status" IN ('queued', 'running', 'complete', 'partial', 'failed', 'cancelled'));
ALTER TABLE "findings" ADD CONSTRAINT "findings_observation_check" CHECK ("observation" IN ('failing', 'passing', 'unknown'));

-- One connection per AWS account and organization; drafts and disconnected ones do not count.
CREATE UNIQUE INDEX "accounts_one_connected_key" ON "accounts"("tenant_id", "aws_account_id") WHERE "status" IN ('connected', 'unreachable');
-- One active scan per account: the second request finds the first instead of making another.
CREATE UNIQUE INDEX "scans_one_active_key" ON "scans"("tenant_id", "account_id") WHERE "status" IN ('queued', 'running');

-- Row-level security of tenant tables, FORCEd so that it binds the owner too. The policy raises when no tenant is
-- set: zero rows would be a lost finding, an error is a page.

ALTER TABLE "accounts" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "accounts" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "accounts" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);

ALTER TABLE "connection_tests" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "connection_tests" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "connection_tests" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);

ALTER TABLE "scans" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "scans" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "scans" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);

ALTER TABLE "readings" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "readings" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "readings" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);

ALTER TABLE "evaluations" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "evaluations" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "evaluations" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);

ALTER TABLE "findings" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "findings" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "findings" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);

ALTER TABLE "episodes" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "episodes" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "episodes" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);

ALTER TABLE "finding_events" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "finding_events" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "finding_events" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);

ALTER TABLE "first_seen" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "first_seen" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "first_seen" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);

ALTER TABLE "counters" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "counters" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "counters" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);

ALTER TABLE "audit_log" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "audit_log" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "audit_log" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);

-- What the running product may do. No DELETE where history is kept, no UPDATE where a row is evidence.
GRANT USAGE ON SCHEMA "public" TO "posturio_app";
REVOKE CREATE ON SCHEMA "public" FROM PUBLIC;

GRANT SELECT, INSERT, UPDATE ON "accounts" TO "posturio_app";
GRANT SELECT, INSERT, UPDATE ON "connection_tests" TO "posturio_app";
GRANT SELECT, INSERT, UPDATE ON "scans" TO "posturio_app";
GRANT SELECT, INSERT ON "readings" TO "posturio_app";
GRANT SELECT, INSERT ON "evaluations" TO "posturio_app";
GRANT SELECT, INSERT, UPDATE ON "findings" TO "posturio_app";
GRANT SELECT, INSERT, UPDATE ON "episodes" TO "posturio_app";
GRANT SELECT, INSERT ON "finding_events" TO "posturio_app";
GRANT SELECT, INSERT, UPDATE, DELETE ON "first_seen" TO "posturio_app";
GRANT SELECT, INSERT, UPDATE ON "counters" TO "posturio_app";
GRANT SELECT, INSERT ON "audit_log" TO "posturio_app";

GRANT SELECT, INSERT, UPDATE ON "organizations" TO "posturio_app";
GRANT SELECT, INSERT, UPDATE, DELETE ON "users" TO "posturio_app";
GRANT SELECT, INSERT, UPDATE, DELETE ON "sessions" TO "posturio_app";
GRANT SELECT, INSERT, UPDATE, DELETE ON "password_resets" TO "posturio_app";
GRANT SELECT, INSERT, UPDATE, DELETE ON "memberships" TO "posturio_app";
GRANT SELECT, INSERT, UPDATE ON "invites" TO "posturio_app";
GRANT SELECT, INSERT, UPDATE ON "api_tokens" TO "posturio_app";
GRANT SELECT, INSERT, UPDATE, DELETE ON "dispatch" TO "posturio_app";
GRANT SELECT, INSERT, UPDATE, DELETE ON "scan_schedules" TO "posturio_app";
GRANT SELECT, INSERT, UPDATE, DELETE ON "worker_heartbeats" TO "posturio_app";
GRANT SELECT, INSERT, UPDATE, DELETE ON "rate_limits" TO "posturio_app";
