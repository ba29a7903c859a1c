-- Somebody owns a finding, it is due, and someone may claim it fixed. Old processes must be stopped: they do not know
-- the new words.

ALTER TABLE "findings" DROP CONSTRAINT "findings_status_check";
ALTER TABLE "findings" ADD CONSTRAINT "findings_status_check" CHECK ("status" IN ('none', 'open', 'in_progress', 'awaiting_verification', 'closed_out_of_scope'));
ALTER TABLE "findings"
  ADD COLUMN "owner_id" UUID,
  ADD COLUMN "due_at" TIMESTAMPTZ(6),
  ADD COLUMN "due_set_by" TEXT,
  ADD COLUMN "ticket_url" TEXT,
  ADD CONSTRAINT "findings_due_set_by_check" CHECK ("due_set_by" IN ('policy', 'person')),
  ADD CONSTRAINT "findings_due_check" CHECK ("due_at" IS NULL OR "due_set_by" IS NOT NULL);

-- One row per claim: what a finding was before, what was said, and how it ended.
CREATE TABLE "claims" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "finding_id" UUID NOT NULL,
    "episode" INTEGER NOT NULL,
    "claimed_from" TEXT NOT NULL,
    "claimed_at" TIMESTAMPTZ(6) NOT NULL DEFAULT business_now(),
    "claimed_by" TEXT NOT NULL,
    "note" TEXT,
    "trail_arn" TEXT,
    "guardrail" TEXT,
    "guardrail_waiver" TEXT,
    "ended_at" TIMESTAMPTZ(6),
    "ending" TEXT,

    CONSTRAINT "claims_pkey" PRIMARY KEY ("tenant_id", "id"),
    CONSTRAINT "claims_claimed_from_check" CHECK ("claimed_from" IN ('open', 'in_progress')),
    CONSTRAINT "claims_ending_check" CHECK ("ending" IN ('withdrawn', 'refuted', 'out_of_scope')),
    CONSTRAINT "claims_end_check" CHECK (("ending" IS NULL) = ("ended_at" IS NULL))
);
CREATE INDEX "claims_tenant_id_finding_id_claimed_at_idx" ON "claims"("tenant_id", "finding_id", "claimed_at");
-- One at a time.
CREATE UNIQUE INDEX "claims_open_key" ON "claims"("tenant_id", "finding_id") WHERE "ended_at" IS NULL;

-- Who is told of what happens to a finding.
CREATE TABLE "finding_watchers" (
    "tenant_id" UUID NOT NULL,
    "finding_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "since" TIMESTAMPTZ(6) NOT NULL DEFAULT business_now(),

    CONSTRAINT "finding_watchers_pkey" PRIMARY KEY ("tenant_id", "finding_id", "user_id")
);
CREATE INDEX "finding_watchers_tenant_id_user_id_idx" ON "finding_watchers"("tenant_id", "user_id");

-- How an organization works; without a row it works by the defaults.
CREATE TABLE "triage_settings" (
    "tenant_id" UUID NOT NULL,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "due_days_critical" SMALLINT NOT NULL DEFAULT 7,
    "due_days_high" SMALLINT NOT NULL DEFAULT 14,
    "due_days_medium" SMALLINT NOT NULL DEFAULT 30,
    "due_days_low" SMALLINT NOT NULL DEFAULT 90,
    "business_days" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "triage_settings_pkey" PRIMARY KEY ("tenant_id"),
    CONSTRAINT "triage_settings_days_check" CHECK (
      LEAST("due_days_critical", "due_days_high", "due_days_medium", "due_days_low") >= 1
      AND GREATEST("due_days_critical", "due_days_high", "due_days_medium", "due_days_low") <= 365)
);

-- Who is suggested as the owner of an account's findings. The first that fits counts.
CREATE TABLE "owner_rules" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "match" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "owner_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT business_now(),

    CONSTRAINT "owner_rules_pkey" PRIMARY KEY ("tenant_id", "id"),
    CONSTRAINT "owner_rules_match_check" CHECK ("match" IN ('account', 'label', 'environment'))
);
CREATE UNIQUE INDEX "owner_rules_tenant_id_match_value_key" ON "owner_rules"("tenant_id", "match", "value");
CREATE INDEX "owner_rules_tenant_id_owner_id_idx" ON "owner_rules"("tenant_id", "owner_id");

ALTER TABLE "accounts" ADD COLUMN "labels" TEXT[] NOT NULL DEFAULT '{}';

-- Who owns, watches or is suggested is a member: who leaves is taken out first (lib/members). Foreign keys are
-- validated, and findings back-filled, by the owner, who is bound by row-level security too.
ALTER TABLE "findings" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "episodes" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "claims" ADD CONSTRAINT "claims_tenant_id_finding_id_fkey" FOREIGN KEY ("tenant_id", "finding_id") REFERENCES "findings"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "finding_watchers" ADD CONSTRAINT "finding_watchers_tenant_id_finding_id_fkey" FOREIGN KEY ("tenant_id", "finding_id") REFERENCES "findings"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "finding_watchers" ADD CONSTRAINT "finding_watchers_tenant_id_user_id_fkey" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "owner_rules" ADD CONSTRAINT "owner_rules_tenant_id_owner_id_fkey" FOREIGN KEY ("tenant_id", "owner_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "findings" ADD CONSTRAINT "findings_tenant_id_owner_id_fkey" FOREIGN KEY ("tenant_id", "owner_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "findings_tenant_id_owner_id_due_at_idx" ON "findings"("tenant_id", "owner_id", "due_at");

-- What is open already is due by the default days of its severity, counted from when it was detected.
UPDATE "findings" f
SET "due_set_by" = 'policy',
    "due_at" = (date_trunc('day', e."detected_at" AT TIME ZONE 'UTC')
                + make_interval(days => 1 + CASE f."severity" WHEN 'CRITICAL' THEN 7 WHEN 'HIGH' THEN 14 WHEN 'MEDIUM' THEN 30 ELSE 90 END)
                - interval '1 millisecond') AT TIME ZONE 'UTC'
FROM "episodes" e
WHERE f."status" = 'open' AND e."tenant_id" = f."tenant_id" AND e."finding_id" = f."id" AND e."number" = f."episode";
ALTER TABLE "findings" FORCE ROW LEVEL SECURITY;
ALTER TABLE "episodes" FORCE ROW LEVEL SECURITY;

ALTER TABLE "claims" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "claims" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "claims" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);
GRANT SELECT, INSERT, UPDATE ON "claims" TO "posturio_app";
GRANT SELECT, DELETE ON "claims" TO "posturio_keeper";

ALTER TABLE "finding_watchers" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "finding_watchers" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "finding_watchers" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);
GRANT SELECT, INSERT, DELETE ON "finding_watchers" TO "posturio_app";
GRANT SELECT, DELETE ON "finding_watchers" TO "posturio_keeper";

ALTER TABLE "triage_settings" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "triage_settings" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "triage_settings" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);
GRANT SELECT, INSERT, UPDATE ON "triage_settings" TO "posturio_app";
GRANT SELECT, DELETE ON "triage_settings" TO "posturio_keeper";

ALTER TABLE "owner_rules" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "owner_rules" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "owner_rules" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON "owner_rules" TO "posturio_app";
GRANT SELECT, DELETE ON "owner_rules" TO "posturio_keeper";

-- What a token may do to findings.
ALTER TABLE "api_tokens" DROP CONSTRAINT "api_tokens_scopes_check";
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_scopes_check" CHECK ("scopes" <@ ARRAY['read', 'scan', 'write:finding', 'verify', 'admin:accounts']);

-- The history has the new lines.
SET ROLE "posturio_keeper";
ALTER TABLE "finding_events" DROP CONSTRAINT "finding_events_kind_check";
ALTER TABLE "finding_events" ADD CONSTRAINT "finding_events_kind_check" CHECK ("kind" IN ('detected', 'still_failing', 'first_passed', 'still_passing', 'now_passing', 'failing_again', 'severity_changed', 'reason_changed', 'could_not_read', 'assigned', 'unassigned', 'due_changed', 'ticket_changed', 'started', 'put_back', 'claimed', 'claim_withdrawn', 'claim_refuted', 'out_of_scope'));
ALTER TABLE "snapshots" DROP CONSTRAINT "snapshots_status_check";
ALTER TABLE "snapshots" ADD CONSTRAINT "snapshots_status_check" CHECK ("status" IN ('none', 'open', 'in_progress', 'awaiting_verification', 'closed_out_of_scope'));
RESET ROLE;
