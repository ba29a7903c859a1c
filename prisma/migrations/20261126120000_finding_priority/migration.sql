-- How urgent a finding is, with the receipt that adds it up, what kind of gap it is, and the Regions that are blind:
-- what lists are sorted, grouped and filtered by. Written with each evaluation.
ALTER TABLE "findings"
  ADD COLUMN "priority" SMALLINT,
  ADD COLUMN "score" SMALLINT,
  ADD COLUMN "receipt" JSONB,
  ADD COLUMN "cause" TEXT,
  ADD COLUMN "blind_regions" TEXT[] NOT NULL DEFAULT '{}',
  ADD CONSTRAINT "findings_priority_check" CHECK ("priority" BETWEEN 1 AND 4),
  ADD CONSTRAINT "findings_score_check" CHECK ("score" BETWEEN 0 AND 100);
