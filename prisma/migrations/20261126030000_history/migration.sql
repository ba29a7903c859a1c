-- History: what was read and judged, in monthly partitions that posturio_keeper owns, so that old months can be
-- dropped and the running product can change none. Facts are stored once per scan, the calls of a run are one list in
-- one row, and what AWS answered is stored once per organization, month and content.
--
-- Old processes must be stopped: the tables they write are replaced. Everything happens in this one transaction.

-- JSON is kept as bytea. The first byte says how: 0 as UTF-8, 1 deflated (lib/history/packed-json.ts). Here it is 0.

-- All of the history is sorted once.
SET LOCAL work_mem = '256MB';

-- The month of a scan is that of its first attempt and is set once.
ALTER TABLE "scans" ADD COLUMN "month" DATE;
ALTER TABLE "connection_tests" ADD COLUMN "month" DATE;
ALTER TABLE "organizations" ADD COLUMN "legal_hold_at" TIMESTAMPTZ(6), ADD COLUMN "erasing_at" TIMESTAMPTZ(6);
ALTER TABLE "findings"
  ADD COLUMN "decided_month" DATE, ADD COLUMN "decided_scan_id" UUID,
  ADD COLUMN "last_month" DATE, ADD COLUMN "last_scan_id" UUID,
  ADD COLUMN "unchanged_checks" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "evaluations" RENAME TO "evaluations_before";
ALTER TABLE "finding_events" RENAME TO "finding_events_before";
ALTER INDEX "evaluations_pkey" RENAME TO "evaluations_before_pkey";
ALTER INDEX "finding_events_pkey" RENAME TO "finding_events_before_pkey";
DROP INDEX "evaluations_tenant_id_finding_id_at_idx", "finding_events_tenant_id_finding_id_at_idx";

-- The owner sees every organization's rows only inside this transaction, which holds the tables locked.
ALTER TABLE "readings" DISABLE ROW LEVEL SECURITY;
ALTER TABLE "evaluations_before" DISABLE ROW LEVEL SECURITY;
ALTER TABLE "finding_events_before" DISABLE ROW LEVEL SECURITY;
ALTER TABLE "scans" DISABLE ROW LEVEL SECURITY;
ALTER TABLE "connection_tests" DISABLE ROW LEVEL SECURITY;
ALTER TABLE "findings" DISABLE ROW LEVEL SECURITY;
ALTER TABLE "accounts" DISABLE ROW LEVEL SECURITY;
GRANT SELECT ON "readings", "evaluations_before", "finding_events_before", "scans" TO "posturio_keeper";

UPDATE "scans" SET "month" = date_trunc('month', COALESCE("started_at", "requested_at") AT TIME ZONE 'UTC')::date
WHERE "status" NOT IN ('queued', 'running') OR "started_at" IS NOT NULL;
UPDATE "connection_tests" SET "month" = date_trunc('month', "created_at" AT TIME ZONE 'UTC')::date;

SET ROLE "posturio_keeper";

CREATE TABLE "runs" (
    "tenant_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "subject_id" UUID NOT NULL,
    "fence" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6) NOT NULL,
    "ending" TEXT NOT NULL,
    "calls" BYTEA NOT NULL,
    CONSTRAINT "runs_pkey" PRIMARY KEY ("tenant_id", "month", "subject_id", "fence"),
    CONSTRAINT "runs_kind_check" CHECK ("kind" IN ('scan', 'connection_test', 'trust_probe')),
    CONSTRAINT "runs_ending_check" CHECK ("ending" IN ('ended', 'taken_over'))
) PARTITION BY LIST ("month");

CREATE TABLE "answers" (
    "tenant_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "hash" BYTEA NOT NULL,
    "body" BYTEA NOT NULL,
    CONSTRAINT "answers_pkey" PRIMARY KEY ("tenant_id", "month", "hash")
) PARTITION BY LIST ("month");

CREATE TABLE "scan_facts" (
    "tenant_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "scan_id" UUID NOT NULL,
    "facts" BYTEA NOT NULL,
    CONSTRAINT "scan_facts_pkey" PRIMARY KEY ("tenant_id", "month", "scan_id")
) PARTITION BY LIST ("month");

CREATE TABLE "scan_results" (
    "tenant_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "scan_id" UUID NOT NULL,
    "results" BYTEA NOT NULL,
    CONSTRAINT "scan_results_pkey" PRIMARY KEY ("tenant_id", "month", "scan_id")
) PARTITION BY LIST ("month");

CREATE TABLE "suggested_changes" (
    "tenant_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "hash" BYTEA NOT NULL,
    "body" BYTEA NOT NULL,
    CONSTRAINT "suggested_changes_pkey" PRIMARY KEY ("tenant_id", "month", "hash")
) PARTITION BY LIST ("month");

CREATE TABLE "evaluations" (
    "tenant_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "scan_id" UUID NOT NULL,
    "check_id" TEXT NOT NULL,
    "finding_id" UUID NOT NULL,
    "check_version" INTEGER NOT NULL,
    "verdict" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "severity" TEXT,
    "assurance" TEXT,
    "disposition" TEXT,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "sha256" BYTEA NOT NULL,
    CONSTRAINT "evaluations_pkey" PRIMARY KEY ("tenant_id", "month", "scan_id", "check_id"),
    CONSTRAINT "evaluations_verdict_check" CHECK ("verdict" IN ('PASS', 'FAIL', 'NOT_EVALUATED')),
    CONSTRAINT "evaluations_severity_check" CHECK ("severity" IN ('CRITICAL', 'HIGH', 'MEDIUM', 'LOW')),
    CONSTRAINT "evaluations_assurance_check" CHECK ("assurance" IN ('VERIFIED', 'INFERRED', 'PENDING')),
    CONSTRAINT "evaluations_disposition_check" CHECK ("disposition" IN ('OPEN', 'ACCEPTED'))
) PARTITION BY LIST ("month");

CREATE TABLE "finding_events" (
    "tenant_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "finding_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "scan_id" UUID,
    "before" JSONB,
    "after" JSONB,
    "text" TEXT NOT NULL,
    "unchanged_before" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "finding_events_pkey" PRIMARY KEY ("tenant_id", "month", "id"),
    CONSTRAINT "finding_events_kind_check" CHECK ("kind" IN ('detected', 'still_failing', 'first_passed', 'still_passing', 'now_passing', 'failing_again', 'severity_changed', 'reason_changed', 'could_not_read'))
) PARTITION BY LIST ("month");

-- Makes the partitions of a month that are missing, each as closed as its parent: a partition queried directly does
-- not inherit its parent's policy. Returns how many it made.
CREATE FUNCTION "create_history_month"("first" date) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  parent text;
  part text;
  made integer := 0;
BEGIN
  IF "first" <> date_trunc('month', "first")::date THEN
    RAISE EXCEPTION 'a month is named by its first day, not by %', "first";
  END IF;
  FOREACH parent IN ARRAY ARRAY['runs', 'answers', 'scan_facts', 'scan_results', 'suggested_changes', 'evaluations', 'finding_events'] LOOP
    part := parent || to_char("first", '"_"YYYY"_"MM');
    CONTINUE WHEN to_regclass('public.' || part) IS NOT NULL;
    EXECUTE format('CREATE TABLE public.%I PARTITION OF public.%I FOR VALUES IN (%L)', part, parent, "first");
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', part);
    EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', part);
    EXECUTE format('CREATE POLICY tenant ON public.%I USING (tenant_id = current_setting(''app.tenant_id'')::uuid) '
      'WITH CHECK (tenant_id = current_setting(''app.tenant_id'')::uuid)', part);
    made := made + 1;
  END LOOP;
  RETURN made;
END $$;
REVOKE EXECUTE ON FUNCTION "create_history_month"(date) FROM PUBLIC;

-- Every month of what is there, and the first fourteen.
SELECT "create_history_month"(m::date) FROM generate_series(
  (SELECT LEAST(min("month"), date_trunc('month', now() AT TIME ZONE 'UTC')::date) FROM "scans")::timestamp,
  date_trunc('month', now() AT TIME ZONE 'UTC') + interval '13 months', '1 month') AS m;

-- An answer without the members that change with every delivery, or with the session; they stay with the call.
CREATE FUNCTION "steady"("api" text, "response" jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN jsonb_typeof("response") <> 'object' THEN "response"
    WHEN "api" IN ('sts:AssumeRole', 'sts:GetCallerIdentity') THEN '{}'
    WHEN "api" <> 'cloudtrail:GetTrailStatus' THEN "response"
    ELSE (SELECT COALESCE(jsonb_object_agg(key, value), '{}') FROM jsonb_each("response")
          WHERE key !~ '^(Latest|TimeLogging)') END
$$;
CREATE FUNCTION "changing"("api" text, "response" jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN jsonb_typeof("response") <> 'object' THEN NULL
    WHEN "api" IN ('sts:AssumeRole', 'sts:GetCallerIdentity') THEN "response"
    WHEN "api" <> 'cloudtrail:GetTrailStatus' THEN NULL
    ELSE (SELECT jsonb_object_agg(key, value) FROM jsonb_each("response") WHERE key ~ '^(Latest|TimeLogging)') END
$$;

INSERT INTO "answers"
SELECT DISTINCT ON (r.tenant_id, s.month, b.hash) r.tenant_id, s.month, b.hash, '\x00'::bytea || b.body
FROM "readings" r
JOIN "scans" s ON s.tenant_id = r.tenant_id AND s.id = r.scan_id
CROSS JOIN LATERAL (SELECT convert_to("steady"(r.api, r.response)::text, 'UTF8') AS body) AS t
CROSS JOIN LATERAL (SELECT t.body, sha256(t.body) AS hash) AS b
WHERE r.response IS NOT NULL;

INSERT INTO "runs"
SELECT r.tenant_id, s.month, r.scan_id, r.attempt, 'scan', s.account_id, min(r.at),
  max(r.at + make_interval(secs => r.duration_ms / 1000.0)),
  CASE WHEN r.attempt = s.attempt THEN 'ended' ELSE 'taken_over' END,
  '\x00'::bytea || convert_to(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
    'at', to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'api', r.api, 'region', r.region, 'target', r.target, 'outcome', r.outcome, 'errorCode', r.error_code,
    'message', r.message, 'requestId', r.request_id, 'durationMs', r.duration_ms, 'sha256', r.sha256,
    'answer', CASE WHEN r.response IS NULL THEN NULL
      ELSE encode(sha256(convert_to("steady"(r.api, r.response)::text, 'UTF8')), 'hex') END))
    || COALESCE((SELECT jsonb_build_object('changing', c) FROM "changing"(r.api, r.response) AS c WHERE c IS NOT NULL), '{}')
    ORDER BY r.at, r.id)::text, 'UTF8')
FROM "readings" r JOIN "scans" s ON s.tenant_id = r.tenant_id AND s.id = r.scan_id
GROUP BY r.tenant_id, s.month, r.scan_id, r.attempt, s.account_id, s.attempt;

INSERT INTO "scan_facts"
SELECT DISTINCT ON (e.tenant_id, e.scan_id) e.tenant_id, s.month, e.scan_id,
  '\x00'::bytea || convert_to(e.facts::text, 'UTF8')
FROM "evaluations_before" e JOIN "scans" s ON s.tenant_id = e.tenant_id AND s.id = e.scan_id
ORDER BY e.tenant_id, e.scan_id, e.check_id;

INSERT INTO "scan_results"
SELECT e.tenant_id, s.month, e.scan_id,
  '\x00'::bytea || convert_to(jsonb_agg(jsonb_build_object('evaluation', e.result, 'description', e.description)
    ORDER BY e.check_id)::text, 'UTF8')
FROM "evaluations_before" e JOIN "scans" s ON s.tenant_id = e.tenant_id AND s.id = e.scan_id
GROUP BY e.tenant_id, s.month, e.scan_id;

INSERT INTO "evaluations"
SELECT e.tenant_id, s.month, e.scan_id, e.check_id, e.finding_id, e.check_version, e.verdict, e.reason, e.severity,
  e.assurance, e.disposition, e.at, decode(e.sha256, 'hex')
FROM "evaluations_before" e JOIN "scans" s ON s.tenant_id = e.tenant_id AND s.id = e.scan_id;

INSERT INTO "finding_events" (tenant_id, month, id, finding_id, at, kind, actor, scan_id, before, after, text)
SELECT v.tenant_id, COALESCE(s.month, date_trunc('month', v.at AT TIME ZONE 'UTC')::date), v.id, v.finding_id, v.at,
  v.kind, v.actor, v.scan_id, v.before, v.after, v.text
FROM "finding_events_before" v LEFT JOIN "scans" s ON s.tenant_id = v.tenant_id AND s.id = v.scan_id;

DROP FUNCTION "steady", "changing";

CREATE INDEX "finding_events_finding_idx" ON "finding_events" ("tenant_id", "finding_id", "at");

RESET ROLE;

UPDATE "findings" f SET "decided_month" = s.month, "decided_scan_id" = s.id
FROM "evaluations_before" e JOIN "scans" s ON s.tenant_id = e.tenant_id AND s.id = e.scan_id
WHERE e.tenant_id = f.tenant_id AND e.id = f.decided_evaluation_id;
UPDATE "findings" f SET "last_month" = s.month, "last_scan_id" = s.id
FROM "evaluations_before" e JOIN "scans" s ON s.tenant_id = e.tenant_id AND s.id = e.scan_id
WHERE e.tenant_id = f.tenant_id AND e.id = f.last_evaluation_id;
ALTER TABLE "findings" DROP COLUMN "decided_evaluation_id", DROP COLUMN "last_evaluation_id";

-- What an account last said that later scans need, its own or another account's: one row each, however long the
-- history is.
CREATE TABLE "account_facts" (
    "tenant_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "subject" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ(6) NOT NULL,
    "value" JSONB NOT NULL,
    CONSTRAINT "account_facts_pkey" PRIMARY KEY ("tenant_id", "account_id", "name"),
    CONSTRAINT "account_facts_tenant_id_account_id_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "accounts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "account_facts_tenant_id_name_subject_idx" ON "account_facts"("tenant_id", "name", "subject");

INSERT INTO "account_facts" ("tenant_id", "account_id", "name", "at", "value")
SELECT DISTINCT ON (f.tenant_id, f.account_id) f.tenant_id, f.account_id, 'organization', e.at,
  e.facts #> '{facts,organization,value}'
FROM "findings" f JOIN "evaluations_before" e ON e.tenant_id = f.tenant_id AND e.finding_id = f.id
WHERE e.facts #>> '{facts,organization,ok}' = 'true'
ORDER BY f.tenant_id, f.account_id, e.at DESC;
-- What management accounts show of organization trails is written by their next scan: at once.
UPDATE "scan_schedules" s SET "next_due_at" = LEAST("next_due_at", business_now())
FROM "account_facts" a
WHERE a.tenant_id = s.tenant_id AND a.account_id = s.account_id
  AND a.value ->> 'role' IN ('MANAGEMENT', 'DELEGATED_ADMIN');

-- The calls of a run that goes on, flushed as it goes: its run's row to be.
CREATE TABLE "run_progress" (
    "tenant_id" UUID NOT NULL,
    "subject_id" UUID NOT NULL,
    "fence" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL,
    "flushed_at" TIMESTAMPTZ(6) NOT NULL,
    "calls" BYTEA NOT NULL,
    CONSTRAINT "run_progress_pkey" PRIMARY KEY ("tenant_id", "subject_id"),
    CONSTRAINT "run_progress_kind_check" CHECK ("kind" IN ('scan', 'connection_test', 'trust_probe')),
    CONSTRAINT "run_progress_account_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "accounts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);

DROP TABLE "readings", "evaluations_before", "finding_events_before";

ALTER TABLE "scans" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "connection_tests" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "findings" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "accounts" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "account_facts" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "account_facts" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "account_facts" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);
ALTER TABLE "run_progress" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "run_progress" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "run_progress" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);

SET ROLE "posturio_keeper";
ALTER TABLE "runs" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "runs" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "runs" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);
ALTER TABLE "answers" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "answers" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "answers" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);
ALTER TABLE "scan_facts" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "scan_facts" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "scan_facts" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);
ALTER TABLE "scan_results" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "scan_results" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "scan_results" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);
ALTER TABLE "suggested_changes" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "suggested_changes" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "suggested_changes" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);
ALTER TABLE "evaluations" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "evaluations" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "evaluations" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);
ALTER TABLE "finding_events" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "finding_events" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "finding_events" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);

-- The running product adds to history and reads it, through the parents alone.
GRANT SELECT, INSERT ON "runs", "answers", "scan_facts", "scan_results", "suggested_changes", "evaluations", "finding_events" TO "posturio_app";
RESET ROLE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "account_facts", "run_progress" TO "posturio_app";
GRANT DELETE ON "invites", "organizations" TO "posturio_app";
GRANT SELECT ON "installation_clock" TO "posturio_keeper";

-- The keeper erases an organization, and what is older than its retention, under that organization's context.
REVOKE SELECT ON "scans" FROM "posturio_keeper";
GRANT SELECT, DELETE ON "accounts", "account_facts", "connection_tests", "counters", "episodes", "findings",
  "first_seen", "run_progress", "scans", "audit_log" TO "posturio_keeper";
