-- What our own calls prove of an account is read from its last runs, a few at a time, whatever the history holds.

SET ROLE "posturio_keeper";

CREATE INDEX "runs_account_idx" ON "runs" ("tenant_id", "account_id", "started_at" DESC);

RESET ROLE;
