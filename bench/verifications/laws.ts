import type { Stack } from "@/bench/faults/stack";

/** A claim that was acknowledged, and whether the account was fixed before it. */
export interface Claim {
  readonly key: string;
  readonly number: number;
  readonly wasFixed: boolean;
}

/** What must hold of verifications whatever happened, once none is open. Each query returns the rows that break it. */
const laws: Readonly<Record<string, string>> = {
  "a verification has not exactly one work item, done": `SELECT v.number FROM verifications v
     LEFT JOIN work_items w ON w.subject_id = v.id AND w.kind = 'verification'
     GROUP BY v.id, v.number HAVING count(w.id) <> 1 OR bool_or(w.state <> 'done')`,
  "a finding is resolved without a verification of its claim that passed": `SELECT f.number FROM findings f
     WHERE f.status = 'resolved' AND NOT EXISTS (
       SELECT 1 FROM verifications v JOIN claims c ON c.tenant_id = v.tenant_id AND c.id = v.claim_id
       WHERE v.tenant_id = f.tenant_id AND v.id = f.verification_id AND v.status = 'passed' AND c.ending = 'verified'
         AND v.proof ->> 'a' = 'passed' AND v.proof ->> 'b' = 'passed')`,
  "a verification passed on a reading that began before its claim": `SELECT v.number FROM verifications v
     JOIN claims c ON c.tenant_id = v.tenant_id AND c.id = v.claim_id
     JOIN scans s ON s.tenant_id = v.tenant_id AND s.id = (v.proof ->> 'scanId')::uuid
     WHERE v.status = 'passed' AND s.started_at < c.claimed_at`,
  "a verification passed with a Region of which one key has not turned": `SELECT v.number FROM verifications v
     CROSS JOIN jsonb_array_elements(v.proof -> 'regions') r
     WHERE v.status = 'passed' AND (r #>> '{a,state}' <> 'passed' OR r #>> '{b,state}' <> 'passed'
       OR (r #>> '{b,evidence,latestDeliveryTime}')::timestamptz <= (r #>> '{b,evidence,sentAt}')::timestamptz)`,
  "a finding was verified more than once, or without its line": `SELECT f.number FROM findings f
     LEFT JOIN finding_events e ON e.tenant_id = f.tenant_id AND e.finding_id = f.id AND e.kind = 'verified'
     GROUP BY f.id, f.number, f.status HAVING count(e.id) <> CASE f.status WHEN 'resolved' THEN 1 ELSE 0 END`,
  "a claim ended and its verification did not, or the other way round": `SELECT v.number FROM verifications v
     JOIN claims c ON c.tenant_id = v.tenant_id AND c.id = v.claim_id
     WHERE (c.ended_at IS NULL) <> (v.finished_at IS NULL)`,
  "an attempt of a look finished twice": `SELECT subject_id FROM runs WHERE kind = 'verification'
     GROUP BY tenant_id, subject_id, fence HAVING count(*) > 1`,
  "a failing finding is neither open nor claimed": `SELECT number FROM findings
     WHERE observation = 'failing' AND status NOT IN ('open', 'in_progress', 'reopened', 'awaiting_verification')`,
};

export async function brokenVerificationLaws(stack: Stack): Promise<string[]> {
  const broken: string[] = [];
  for (const [sentence, query] of Object.entries(laws)) {
    const rows = await stack.sql<Record<string, unknown>>(query);
    if (rows.length > 0) {
      broken.push(`${sentence}: ${rows.length} times, first ${Object.values(rows[0] ?? {})[0]}`);
    }
  }
  return broken;
}

/** Claims that did not end as the account stood: proven where it was fixed, and refuted where it was not. */
export async function wrongEnds(stack: Stack, claims: readonly Claim[]): Promise<string[]> {
  const rows = await stack.sql<{
    number: number;
    verification: string;
    finding: string;
    claim: string | null;
  }>(
    `SELECT v.number, v.status AS verification, f.status AS finding, c.ending AS claim FROM verifications v
     JOIN findings f ON f.tenant_id = v.tenant_id AND f.id = v.finding_id
     LEFT JOIN claims c ON c.tenant_id = v.tenant_id AND c.id = v.claim_id`,
  );
  const ends = new Map(rows.map((row) => [row.number, `${row.verification} ${row.finding} ${row.claim}`]));
  const extra =
    rows.length === claims.length ? [] : [`${claims.length} claims, ${rows.length} verifications`];
  return [
    ...extra,
    ...claims.flatMap(({ key, number, wasFixed }) => {
      const right = wasFixed ? "passed resolved verified" : "failed open refuted";
      const end = ends.get(number);
      return end === right ? [] : [`${key}, verification #${number}: ${end ?? "lost"}, not ${right}`];
    }),
  ];
}
