-- Daily snapshots: one row per account, check and day, with what was true on that day. Figures over time are made of
-- them, so they are history: partitioned by month, owned by posturio_keeper, append-only for the product.

SET ROLE "posturio_keeper";

-- `day` is a day of the organization, `month` its first day. Seconds are summed over the Regions of the account.
CREATE TABLE "snapshots" (
    "tenant_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "day" DATE NOT NULL,
    "check_id" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "scan_id" UUID,
    "owner_id" UUID,
    "decided_at" TIMESTAMPTZ(6),
    "due_at" TIMESTAMPTZ(6),
    "scan_month" DATE,
    "check_version" INTEGER NOT NULL,
    "episode" INTEGER NOT NULL,
    "every_minutes" INTEGER,
    "connected_seconds" INTEGER NOT NULL,
    "covered_seconds" INTEGER NOT NULL,
    "partial_seconds" INTEGER NOT NULL,
    "uncovered_seconds" INTEGER NOT NULL,
    "unknown_seconds" INTEGER NOT NULL,
    "covered_regions" SMALLINT NOT NULL,
    "partial_regions" SMALLINT NOT NULL,
    "uncovered_regions" SMALLINT NOT NULL,
    "unknown_regions" SMALLINT NOT NULL,
    "environment" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "observation" TEXT NOT NULL,
    "severity" TEXT,
    "unknown_because" TEXT,
    "regions" BYTEA NOT NULL,
    CONSTRAINT "snapshots_pkey" PRIMARY KEY ("tenant_id", "month", "day", "check_id", "account_id"),
    CONSTRAINT "snapshots_month_check" CHECK ("month" = date_trunc('month', "day")::date),
    CONSTRAINT "snapshots_environment_check" CHECK ("environment" IN ('production', 'staging', 'development', 'sandbox', 'log-archive', 'management', 'other')),
    CONSTRAINT "snapshots_status_check" CHECK ("status" IN ('none', 'open')),
    CONSTRAINT "snapshots_observation_check" CHECK ("observation" IN ('failing', 'passing', 'unknown')),
    CONSTRAINT "snapshots_severity_check" CHECK ("severity" IN ('CRITICAL', 'HIGH', 'MEDIUM', 'LOW'))
) PARTITION BY LIST ("month");

-- The same summed over the accounts of an environment, so that twelve weeks of the largest organization are a few
-- hundred rows.
CREATE TABLE "coverage_days" (
    "tenant_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "day" DATE NOT NULL,
    "check_id" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "accounts" INTEGER NOT NULL,
    "unknown_accounts" INTEGER NOT NULL,
    "covered_seconds" BIGINT NOT NULL,
    "partial_seconds" BIGINT NOT NULL,
    "uncovered_seconds" BIGINT NOT NULL,
    "unknown_seconds" BIGINT NOT NULL,
    CONSTRAINT "coverage_days_pkey" PRIMARY KEY ("tenant_id", "month", "day", "check_id", "environment"),
    CONSTRAINT "coverage_days_month_check" CHECK ("month" = date_trunc('month', "day")::date),
    CONSTRAINT "coverage_days_environment_check" CHECK ("environment" IN ('production', 'staging', 'development', 'sandbox', 'log-archive', 'management', 'other'))
) PARTITION BY LIST ("month");

ALTER TABLE "snapshots" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "snapshots" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "snapshots" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);
ALTER TABLE "coverage_days" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "coverage_days" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "coverage_days" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);
GRANT SELECT, INSERT ON "snapshots", "coverage_days" TO "posturio_app";

-- Creates the partition of one history table for one month, as closed as its parent: a partition queried directly does
-- not inherit its parent's policy.
CREATE FUNCTION "create_history_partition"("parent" text, "first" date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  part text := "parent" || to_char("first", '"_"YYYY"_"MM');
BEGIN
  EXECUTE format('CREATE TABLE public.%I PARTITION OF public.%I FOR VALUES IN (%L)', part, "parent", "first");
  EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', part);
  EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', part);
  EXECUTE format('CREATE POLICY tenant ON public.%I USING (tenant_id = current_setting(''app.tenant_id'')::uuid) '
    'WITH CHECK (tenant_id = current_setting(''app.tenant_id'')::uuid)', part);
END $$;
REVOKE EXECUTE ON FUNCTION "create_history_partition"(text, date) FROM PUBLIC;

-- Creates the partitions of a month that are missing. Returns how many.
CREATE OR REPLACE FUNCTION "create_history_month"("first" date) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  parent text;
  made integer := 0;
BEGIN
  IF "first" <> date_trunc('month', "first")::date THEN
    RAISE EXCEPTION 'a month is named by its first day, not by %', "first";
  END IF;
  FOREACH parent IN ARRAY ARRAY['runs', 'answers', 'scan_facts', 'scan_results', 'suggested_changes', 'evaluations', 'finding_events', 'snapshots', 'coverage_days'] LOOP
    CONTINUE WHEN to_regclass('public.' || parent || to_char("first", '"_"YYYY"_"MM')) IS NOT NULL;
    PERFORM "create_history_partition"(parent, "first");
    made := made + 1;
  END LOOP;
  RETURN made;
END $$;

-- Room for every month of which there are evaluations. Only the new tables: of the others a month may have been
-- dropped since, or replaced by what a legal hold kept.
SELECT "create_history_partition"(parent, month) FROM (
  SELECT DISTINCT to_date(substring(c.relname FROM '^evaluations_(\d{4}_\d\d)'), 'YYYY_MM') AS month
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
  WHERE i.inhparent = 'public.evaluations'::regclass
) AS months CROSS JOIN (VALUES ('snapshots'), ('coverage_days')) AS tables(parent);

RESET ROLE;

-- How far an organization's snapshots are: days before `next_day` are whole, of that day the accounts up to
-- `after_account`.
CREATE TABLE "snapshot_progress" (
    "tenant_id" UUID NOT NULL,
    "next_day" DATE NOT NULL,
    "after_account" UUID,

    CONSTRAINT "snapshot_progress_pkey" PRIMARY KEY ("tenant_id")
);
ALTER TABLE "snapshot_progress" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "snapshot_progress" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "snapshot_progress" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);
GRANT SELECT, INSERT, UPDATE ON "snapshot_progress" TO "posturio_app";
GRANT SELECT, DELETE ON "snapshot_progress" TO "posturio_keeper";

-- The coverage strip: findings of one check, the worst first.
CREATE INDEX "findings_tenant_id_check_id_place_observation_since_id_idx" ON "findings"("tenant_id", "check_id", "place", "observation_since", "id");

-- What people had set of an account on a day that is filled in later.
CREATE INDEX "audit_log_account_settings_idx" ON "audit_log"("tenant_id", "object", "at")
WHERE "action" IN ('account.connection_started', 'account.updated', 'account.schedule_set');
