-- Looking again at a finding every few minutes after a repair, until it passes or an hour is over.
CREATE TABLE "finding_looks" (
    "tenant_id" UUID NOT NULL,
    "finding_id" UUID NOT NULL,
    "requested_by" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(6) NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(6),
    "ending" TEXT,
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "finding_looks_pkey" PRIMARY KEY ("tenant_id", "finding_id"),
    CONSTRAINT "finding_looks_ending_check" CHECK ("ending" IN ('passing', 'spent', 'stopped', 'failed')),
    CONSTRAINT "finding_looks_end_check" CHECK (("ending" IS NULL) = ("ended_at" IS NULL))
);
-- The foreign key is validated by reading findings, for which no tenant is set here.
ALTER TABLE "findings" DISABLE ROW LEVEL SECURITY;
ALTER TABLE "finding_looks" ADD CONSTRAINT "finding_looks_tenant_id_finding_id_fkey" FOREIGN KEY ("tenant_id", "finding_id") REFERENCES "findings"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "findings" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "finding_looks" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "finding_looks" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "finding_looks" USING ("tenant_id" = current_setting('app.tenant_id')::uuid) WITH CHECK ("tenant_id" = current_setting('app.tenant_id')::uuid);
GRANT SELECT, INSERT, UPDATE ON "finding_looks" TO "posturio_app";
GRANT SELECT, DELETE ON "finding_looks" TO "posturio_keeper";

-- A scan that such a look asked for.
ALTER TABLE "scans" DROP CONSTRAINT "scans_trigger_check";
ALTER TABLE "scans" ADD CONSTRAINT "scans_trigger_check" CHECK ("trigger" IN ('schedule', 'manual', 'api', 'connect', 'retry', 'look'));
