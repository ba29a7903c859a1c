-- Every order and grouping of the list is read by an index, a page at a time. Keys are never null, so that one
-- comparison says where the next page begins; and they are columns, because under row-level security a condition on an
-- expression that may leak cannot use an index.

-- Failing by score, then unknown, inferred pass, pass; in fives by severity, the worst first. lib/findings/list/orders.ts.
ALTER TABLE "findings"
  ADD COLUMN "cause_rank" SMALLINT NOT NULL DEFAULT 999,
  ADD COLUMN "urgency" SMALLINT NOT NULL GENERATED ALWAYS AS (
    ((CASE "observation" WHEN 'failing' THEN 100 - COALESCE("score", -1) WHEN 'unknown' THEN 102
        ELSE CASE "assurance" WHEN 'INFERRED' THEN 103 ELSE 104 END END) * 5
     + CASE "severity" WHEN 'CRITICAL' THEN 0 WHEN 'HIGH' THEN 1 WHEN 'MEDIUM' THEN 2 WHEN 'LOW' THEN 3 ELSE 4 END)::smallint
  ) STORED,
  ADD COLUMN "owner_key" UUID NOT NULL GENERATED ALWAYS AS (COALESCE("owner_id", '00000000-0000-0000-0000-000000000000'::uuid)) STORED,
  ADD COLUMN "due_key" TIMESTAMPTZ(6) NOT NULL GENERATED ALWAYS AS (COALESCE("due_at", 'infinity'::timestamptz)) STORED,
  -- What calls for work, or could not be read: it is never out of sight.
  ADD COLUMN "needs_work" BOOLEAN NOT NULL GENERATED ALWAYS AS (
    "status" IN ('open', 'in_progress', 'awaiting_verification') OR "observation" = 'unknown'
  ) STORED;

CREATE INDEX "findings_by_urgency_idx" ON "findings"("tenant_id", "urgency", "observation_since", "id");
CREATE INDEX "findings_by_cause_idx" ON "findings"("tenant_id", "cause_rank", "urgency", "observation_since", "id");
CREATE INDEX "findings_by_owner_idx" ON "findings"("tenant_id", "owner_key", "urgency", "observation_since", "id");
CREATE INDEX "findings_by_due_idx" ON "findings"("tenant_id", "due_key", "urgency", "id");
CREATE INDEX "findings_by_since_idx" ON "findings"("tenant_id", "observation_since", "id");
-- Counted by place and by whether it calls for work, without reading the rows.
CREATE INDEX "findings_counted_idx" ON "findings"("tenant_id", "place", "needs_work");

ALTER TABLE "accounts" ADD COLUMN "name_key" TEXT NOT NULL GENERATED ALWAYS AS (lower("name")) STORED;
CREATE INDEX "accounts_by_name_idx" ON "accounts"("tenant_id", "name_key", "id");
