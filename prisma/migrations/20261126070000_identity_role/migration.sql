-- Identity gets a role of its own: whoever gets SQL into a query about findings reads no hash of a password or token,
-- makes nobody an admin and deletes no organization. The product's role keeps no right on these tables at all.
REVOKE ALL ON "organizations", "users", "sessions", "password_resets", "memberships", "invites", "api_tokens", "rate_limits" FROM "posturio_app";

GRANT USAGE ON SCHEMA "public" TO "posturio_auth";
GRANT SELECT, INSERT, UPDATE, DELETE ON "organizations", "users", "sessions", "password_resets", "memberships", "invites", "rate_limits" TO "posturio_auth";
-- Tokens end and are kept, until their organization is erased.
GRANT SELECT, INSERT, UPDATE ON "api_tokens" TO "posturio_auth";

-- What is done to a membership and the line of the audit log that tells of it are one transaction. The policy of the
-- log binds this role too: it writes under one organization's id, and reads nothing. The clock dates the line.
GRANT INSERT ON "audit_log" TO "posturio_auth";
GRANT SELECT ON "installation_clock" TO "posturio_auth";
