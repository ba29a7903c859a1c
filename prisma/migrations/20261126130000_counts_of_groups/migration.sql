-- Groups of the list by cause are counted over an index, as its tabs are. Without it PostgreSQL read the findings of all
-- organizations to count those of a large one.
DROP INDEX "findings_counted_idx";
CREATE INDEX "findings_counted_idx" ON "findings"("tenant_id", "place", "needs_work", "cause_rank");
