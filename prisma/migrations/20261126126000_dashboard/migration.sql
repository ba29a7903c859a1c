-- The dashboard: figures over time are read from the sums of a day, figures of now by an index of what is open. See
-- docs/decisions/026-a-dashboard-from-sums.md.

-- What else a day sums up to. Days that were summed before have none of it.
SET ROLE "posturio_keeper";
ALTER TABLE "coverage_days"
  ADD COLUMN "failing_accounts" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "open_findings" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "came_back" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "claim_seconds" INTEGER[] NOT NULL DEFAULT '{}';

-- What failed again on a day, for its sum.
CREATE INDEX "finding_events_failing_again_idx" ON "finding_events"("tenant_id", "month", "at") WHERE "kind" = 'failing_again';
RESET ROLE;

-- What was claimed on a day, for its sum; what stands, the oldest first; what did not hold, the newest first.
CREATE INDEX "claims_tenant_id_claimed_at_idx" ON "claims"("tenant_id", "claimed_at");
CREATE INDEX "claims_standing_idx" ON "claims"("tenant_id", "claimed_at") WHERE "ended_at" IS NULL;
CREATE INDEX "claims_refuted_idx" ON "claims"("tenant_id", "ended_at" DESC) WHERE "ending" = 'refuted';

-- Place among the findings of one check by how many Regions are blind: not logged at all, then partly, then what nobody
-- knows, inferred passes, passes. The largest number of Regions that fits is 99; AWS has 37.
ALTER TABLE "findings" ADD COLUMN "blind_place" SMALLINT NOT NULL GENERATED ALWAYS AS (
  CASE "observation"
    WHEN 'failing' THEN CASE WHEN COALESCE("region_counts"[3], 0) > 0 THEN 100 - LEAST("region_counts"[3], 99)
                             ELSE 200 - LEAST(COALESCE("region_counts"[2], 0), 99) END
    WHEN 'unknown' THEN 300
    ELSE CASE "assurance" WHEN 'INFERRED' THEN 400 ELSE 500 END END
) STORED;
CREATE INDEX "findings_blind_place_idx" ON "findings"("tenant_id", "check_id", "blind_place", "observation_since", "id");

-- Everything the dashboard counts of open findings, without their rows.
CREATE INDEX "findings_open_idx" ON "findings"("tenant_id", "due_at", "id")
  INCLUDE ("account_id", "check_id", "place", "priority", "owner_id", "comebacks", "status")
  WHERE "status" IN ('open', 'in_progress', 'awaiting_verification');
-- Open findings that nobody owns, the most urgent first.
CREATE INDEX "findings_unowned_idx" ON "findings"("tenant_id", "priority", "due_at", "id")
  WHERE "owner_id" IS NULL AND "status" IN ('open', 'in_progress', 'awaiting_verification');
CREATE INDEX "accounts_production_idx" ON "accounts"("tenant_id", "id") WHERE "environment" = 'production';
