-- The installation's clock. Business times (due, expires, requested, detected) come from business_now(); leases,
-- heartbeats and sign-in use the real one. Only demo and test installations may set it ahead.
CREATE TABLE "installation_clock" (
    "one" BOOLEAN NOT NULL DEFAULT true,
    "ahead_seconds" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "installation_clock_pkey" PRIMARY KEY ("one"),
    CONSTRAINT "installation_clock_one_check" CHECK ("one"),
    CONSTRAINT "installation_clock_ahead_check" CHECK ("ahead_seconds" >= 0)
);
INSERT INTO "installation_clock" DEFAULT VALUES;

CREATE FUNCTION "business_now"() RETURNS timestamptz LANGUAGE sql STABLE AS
  $$ SELECT now() + make_interval(secs => "ahead_seconds") FROM "public"."installation_clock" $$;

-- What workers owe: outbox, schedule, lease and fence in one row. Ids and times only.
CREATE TABLE "work_items" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "tenant_id" UUID,
    "subject_id" UUID,
    "lane" UUID,
    "priority" INTEGER NOT NULL DEFAULT 1,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "outcome" TEXT,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "losses" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(6) NOT NULL DEFAULT business_now(),
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT business_now(),
    "ended_at" TIMESTAMPTZ(6),
    "hinted_at" TIMESTAMPTZ(6),
    "lease_owner" TEXT,
    "lease_until" TIMESTAMPTZ(6),
    CONSTRAINT "work_items_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "work_items_state_check" CHECK ("state" IN ('queued', 'running', 'done')),
    CONSTRAINT "work_items_outcome_check" CHECK ("outcome" IN ('finished', 'failed', 'expired', 'cancelled')),
    CONSTRAINT "work_items_ended_check" CHECK (("state" = 'done') = ("outcome" IS NOT NULL) AND ("state" = 'done') = ("ended_at" IS NOT NULL)),
    CONSTRAINT "work_items_lease_check" CHECK (("state" = 'running') = ("lease_owner" IS NOT NULL) AND ("state" = 'running') = ("lease_until" IS NOT NULL))
);

-- One open item for a subject, and one of a kind that has neither organization nor subject.
CREATE UNIQUE INDEX "work_items_open_subject_key" ON "work_items"("subject_id", "kind") WHERE "state" <> 'done' AND "subject_id" IS NOT NULL;
CREATE UNIQUE INDEX "work_items_open_single_key" ON "work_items"("kind") WHERE "state" <> 'done' AND "tenant_id" IS NULL AND "subject_id" IS NULL;
CREATE INDEX "work_items_due_idx" ON "work_items"("due_at") WHERE "state" = 'queued';
CREATE INDEX "work_items_lease_idx" ON "work_items"("lease_until") WHERE "state" = 'running';
CREATE INDEX "work_items_ended_idx" ON "work_items"("ended_at") WHERE "state" = 'done';

-- What was owed stays owed. A running item begins again: its worker was stopped for this migration.
INSERT INTO "work_items" ("kind", "tenant_id", "subject_id", "lane", "priority", "fence", "due_at", "expires_at", "created_at")
SELECT "kind", "tenant_id", "subject_id", "account_id", "priority",
  CASE WHEN "state" = 'running' THEN "attempt" ELSE "attempt" - 1 END, "due_at", "deadline_at", "created_at"
FROM "dispatch" WHERE "state" <> 'done';

DROP TABLE "dispatch";

-- Business times of tenant tables.
ALTER TABLE "accounts" ALTER COLUMN "created_at" SET DEFAULT business_now();
ALTER TABLE "connection_tests" ALTER COLUMN "created_at" SET DEFAULT business_now();
ALTER TABLE "scans" ALTER COLUMN "requested_at" SET DEFAULT business_now();
ALTER TABLE "findings" ALTER COLUMN "created_at" SET DEFAULT business_now();
ALTER TABLE "audit_log" ALTER COLUMN "at" SET DEFAULT business_now();

-- A failed reading may pass by itself: how many times the scan has been tried again for that reason, and when each
-- account's external id is proven again.
ALTER TABLE "scans" ADD COLUMN "retry" INTEGER NOT NULL DEFAULT 0, ADD COLUMN "not_before" TIMESTAMPTZ(6);
ALTER TABLE "scan_schedules" ADD COLUMN "trust_due_at" TIMESTAMPTZ(6) NOT NULL DEFAULT business_now() + interval '7 days' * random();
ALTER TABLE "scan_schedules" ALTER COLUMN "trust_due_at" SET DEFAULT business_now() + interval '7 days';
CREATE INDEX "scan_schedules_trust_due_at_idx" ON "scan_schedules"("trust_due_at");
ALTER TABLE "accounts" ADD COLUMN "trust_checked_at" TIMESTAMPTZ(6), ADD COLUMN "trust_problem" TEXT;
ALTER TABLE "accounts" DROP COLUMN "cooldown_until";

GRANT SELECT, UPDATE ON "installation_clock" TO "posturio_app";
GRANT SELECT, INSERT, UPDATE, DELETE ON "work_items" TO "posturio_app";
