-- How often a finding failed again after it had passed, and between which two scans it last did: what put it back is
-- what differs between them.
ALTER TABLE "findings"
  ADD COLUMN "comebacks" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "came_back_scan_id" UUID,
  ADD COLUMN "came_back_month" DATE,
  ADD COLUMN "passed_scan_id" UUID,
  ADD COLUMN "passed_month" DATE;

-- What has come back already is counted from the history that is still there. It is the keeper's, and hidden while no
-- tenant is set.
ALTER TABLE "findings" DISABLE ROW LEVEL SECURITY;
SET ROLE "posturio_keeper";
ALTER TABLE "finding_events" DISABLE ROW LEVEL SECURITY;
ALTER TABLE "evaluations" DISABLE ROW LEVEL SECURITY;
GRANT SELECT ON "finding_events", "evaluations" TO "posturio_owner";
RESET ROLE;

UPDATE "findings" f
SET "comebacks" = b.times, "came_back_scan_id" = b.scan_id, "came_back_month" = b.month
FROM (
  SELECT DISTINCT ON (tenant_id, finding_id) tenant_id, finding_id, scan_id, month,
         count(*) OVER (PARTITION BY tenant_id, finding_id) AS times
  FROM "finding_events" WHERE kind = 'failing_again'
  ORDER BY tenant_id, finding_id, at DESC, id DESC
) b
WHERE b.tenant_id = f.tenant_id AND b.finding_id = f.id;

-- The last PASS before it: the newest one older than the evaluation of that scan.
UPDATE "findings" f
SET "passed_scan_id" = p.scan_id, "passed_month" = p.month
FROM (
  SELECT DISTINCT ON (e.tenant_id, e.finding_id) e.tenant_id, e.finding_id, e.scan_id, e.month
  FROM "findings" g
  JOIN "evaluations" back ON back.tenant_id = g.tenant_id AND back.month = g.came_back_month
    AND back.scan_id = g.came_back_scan_id AND back.check_id = g.check_id
  JOIN "evaluations" e ON e.tenant_id = g.tenant_id AND e.finding_id = g.id AND e.verdict = 'PASS' AND e.at < back.at
  WHERE g.comebacks > 0
  ORDER BY e.tenant_id, e.finding_id, e.at DESC
) p
WHERE p.tenant_id = f.tenant_id AND p.finding_id = f.id;

SET ROLE "posturio_keeper";
REVOKE SELECT ON "finding_events", "evaluations" FROM "posturio_owner";
ALTER TABLE "finding_events" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "evaluations" ENABLE ROW LEVEL SECURITY;
RESET ROLE;
ALTER TABLE "findings" ENABLE ROW LEVEL SECURITY;
