-- Lists are read by an index, a page at a time, whatever the organization holds.

-- Tens: failing, unknown, passing. Units: severity, the worst first. lib/findings/finding-place.ts reads it back.
ALTER TABLE "findings" ADD COLUMN "place" SMALLINT NOT NULL GENERATED ALWAYS AS (
  CASE "observation" WHEN 'failing' THEN 0 WHEN 'unknown' THEN 10 ELSE 20 END
  + CASE "severity" WHEN 'CRITICAL' THEN 0 WHEN 'HIGH' THEN 1 WHEN 'MEDIUM' THEN 2 WHEN 'LOW' THEN 3 ELSE 4 END
) STORED;
CREATE INDEX "findings_tenant_id_place_observation_since_id_idx" ON "findings"("tenant_id", "place", "observation_since", "id");

-- In the order of accountStatuses (lib/accounts/account-states.ts): what needs attention first.
ALTER TABLE "accounts" ADD COLUMN "standing" SMALLINT NOT NULL GENERATED ALWAYS AS (
  CASE "status" WHEN 'unreachable' THEN 0 WHEN 'connected' THEN 1 WHEN 'draft' THEN 2 ELSE 3 END
) STORED;
CREATE INDEX "accounts_tenant_id_standing_name_idx" ON "accounts"("tenant_id", "standing", lower("name"), "id");
