-- The same for the words of history: what calls came to, what evaluations said, what happened to findings.
ALTER TABLE "readings" ADD CONSTRAINT "readings_outcome_check" CHECK ("outcome" IN ('ok', 'denied', 'denied_by_scp', 'throttled', 'timeout', 'token_refused', 'expired', 'arn_invalid', 'not_found', 'unsupported', 'server_error', 'network', 'garbage', 'deadline'));
ALTER TABLE "evaluations" ADD CONSTRAINT "evaluations_verdict_check" CHECK ("verdict" IN ('PASS', 'FAIL', 'NOT_EVALUATED'));
ALTER TABLE "evaluations" ADD CONSTRAINT "evaluations_severity_check" CHECK ("severity" IN ('CRITICAL', 'HIGH', 'MEDIUM', 'LOW'));
ALTER TABLE "evaluations" ADD CONSTRAINT "evaluations_assurance_check" CHECK ("assurance" IN ('VERIFIED', 'INFERRED', 'PENDING'));
ALTER TABLE "evaluations" ADD CONSTRAINT "evaluations_disposition_check" CHECK ("disposition" IN ('OPEN', 'ACCEPTED'));
ALTER TABLE "finding_events" ADD CONSTRAINT "finding_events_kind_check" CHECK ("kind" IN ('detected', 'still_failing', 'first_passed', 'still_passing', 'now_passing', 'failing_again', 'severity_changed', 'reason_changed', 'could_not_read'));
