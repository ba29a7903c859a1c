-- A filtered list is read by an index alone until the page is full: most rows that a filter holds back are not fetched,
-- and a row is wide. Next to the order stand the columns that are asked for most, for counts of what a filter lets
-- through as well.
DROP INDEX "findings_by_urgency_idx";
CREATE INDEX "findings_by_urgency_idx" ON "findings"("tenant_id", "urgency", "observation_since", "id")
  INCLUDE ("account_id", "place", "status", "due_key", "owner_key", "cause_rank", "priority", "comebacks", "check_id");

-- Accounts of any environment, without their rows: a filter of the list may name several.
DROP INDEX "accounts_production_idx";
CREATE INDEX "accounts_by_environment_idx" ON "accounts"("tenant_id", "environment", "id");
