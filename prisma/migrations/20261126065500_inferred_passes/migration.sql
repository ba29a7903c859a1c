-- How sure the verdict that stands is: a pass that rests on Regions nobody read is listed and counted for itself.
-- Old processes must be stopped: the order of lists gets a new place.

ALTER TABLE "findings" ADD COLUMN "assurance" TEXT;
ALTER TABLE "findings" ADD CONSTRAINT "findings_assurance_check" CHECK ("assurance" IN ('VERIFIED', 'INFERRED', 'PENDING'));

-- What stands already is read from the history, which is the keeper's and hidden while no tenant is set.
ALTER TABLE "findings" DISABLE ROW LEVEL SECURITY;
SET ROLE "posturio_keeper";
ALTER TABLE "evaluations" DISABLE ROW LEVEL SECURITY;
GRANT SELECT ON "evaluations" TO "posturio_owner";
RESET ROLE;

UPDATE "findings" f SET "assurance" = e."assurance"
FROM "evaluations" e
WHERE e."tenant_id" = f."tenant_id" AND e."month" = f."decided_month" AND e."scan_id" = f."decided_scan_id"
  AND e."check_id" = f."check_id";

SET ROLE "posturio_keeper";
REVOKE SELECT ON "evaluations" FROM "posturio_owner";
ALTER TABLE "evaluations" ENABLE ROW LEVEL SECURITY;
RESET ROLE;
ALTER TABLE "findings" ENABLE ROW LEVEL SECURITY;

-- Tens: failing, unknown, inferred pass, pass. Units: severity, the worst first. lib/findings/finding-place.ts reads it back.
DROP INDEX "findings_tenant_id_place_observation_since_id_idx";
ALTER TABLE "findings" DROP COLUMN "place";
ALTER TABLE "findings" ADD COLUMN "place" SMALLINT NOT NULL GENERATED ALWAYS AS (
  CASE "observation" WHEN 'failing' THEN 0 WHEN 'unknown' THEN 10
    ELSE CASE "assurance" WHEN 'INFERRED' THEN 20 ELSE 30 END END
  + CASE "severity" WHEN 'CRITICAL' THEN 0 WHEN 'HIGH' THEN 1 WHEN 'MEDIUM' THEN 2 WHEN 'LOW' THEN 3 ELSE 4 END
) STORED;
CREATE INDEX "findings_tenant_id_place_observation_since_id_idx" ON "findings"("tenant_id", "place", "observation_since", "id");
