-- Every scan asks what the management and delegated administrator accounts of its organization showed last. There are
-- few of them; without this the facts of every account would be unpacked to find them.
CREATE INDEX "evaluations_of_organization_idx" ON "evaluations" ("tenant_id", "id")
  WHERE "facts" #>> '{facts,organization,value,role}' IN ('MANAGEMENT', 'DELEGATED_ADMIN');
