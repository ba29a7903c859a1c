import { checks } from "@/lib/checks/registry";
import { unpackJson } from "@/lib/history/packed-json";
import { callsFrom } from "@/lib/runs/call-entry";
import type { Stack } from "./stack";

/** What must hold whatever happened, once no scan is under way. Each query returns the rows that break it. */
const laws: Readonly<Record<string, string>> = {
  "a scan that ended has no end":
    "SELECT number FROM scans WHERE status NOT IN ('queued', 'running') AND finished_at IS NULL",
  "a scan has no work item of its own": `SELECT s.number FROM scans s LEFT JOIN work_items w ON w.subject_id = s.id AND w.kind = 'scan'
     GROUP BY s.id, s.number HAVING count(w.id) <> 1`,
  "a scan ended and its work item did not": `SELECT s.number FROM scans s JOIN work_items w ON w.subject_id = s.id AND w.kind = 'scan'
     WHERE s.finished_at IS NOT NULL AND w.state <> 'done'`,
  "a scan's attempt is not the one that its work item counted": `SELECT s.number FROM scans s JOIN work_items w ON w.subject_id = s.id AND w.kind = 'scan'
     WHERE w.outcome = 'finished' AND s.attempt <> w.fence`,
  "a scan was not requested exactly once": `SELECT s.number FROM scans s LEFT JOIN audit_log l ON l.object = 'scan:' || s.id AND l.action = 'scan.requested'
     GROUP BY s.id, s.number HAVING count(l.action) <> 1`,
  "a scan finished more than once, or without an entry in the audit log": `SELECT s.number FROM scans s LEFT JOIN audit_log l ON l.object = 'scan:' || s.id AND l.action = 'scan.finished'
     JOIN work_items w ON w.subject_id = s.id AND w.kind = 'scan'
     GROUP BY s.id, s.number, w.outcome HAVING count(l.action) <> CASE w.outcome WHEN 'finished' THEN 1 ELSE 0 END`,
  "a finished scan has not one run that ended": `SELECT s.number FROM scans s JOIN work_items w ON w.subject_id = s.id AND w.kind = 'scan'
     LEFT JOIN runs r ON r.tenant_id = s.tenant_id AND r.subject_id = s.id AND r.ending = 'ended'
     WHERE w.outcome = 'finished' GROUP BY s.id, s.number HAVING count(r.fence) <> 1`,
  "an unfinished scan has a run that ended": `SELECT s.number FROM scans s JOIN work_items w ON w.subject_id = s.id AND w.kind = 'scan'
     JOIN runs r ON r.tenant_id = s.tenant_id AND r.subject_id = s.id AND r.ending = 'ended'
     WHERE w.outcome IS DISTINCT FROM 'finished'`,
  "calls of an attempt are still under way after the scan ended":
    "SELECT s.number FROM scans s JOIN run_progress p ON p.subject_id = s.id WHERE s.finished_at IS NOT NULL",
  "a finished scan was not judged once by every check": `SELECT s.number FROM scans s JOIN work_items w ON w.subject_id = s.id AND w.kind = 'scan'
     LEFT JOIN evaluations e ON e.tenant_id = s.tenant_id AND e.scan_id = s.id
     GROUP BY s.id, s.number, w.outcome
     HAVING count(e.check_id) <> CASE w.outcome WHEN 'finished' THEN ${checks.length} ELSE 0 END`,
  "an event of a finding stands twice for one scan": `SELECT finding_id FROM finding_events WHERE scan_id IS NOT NULL
     GROUP BY tenant_id, finding_id, scan_id, kind HAVING count(*) > 1`,
  "a finding counts other episodes than it has": `SELECT f.number FROM findings f LEFT JOIN episodes e ON e.tenant_id = f.tenant_id AND e.finding_id = f.id
     GROUP BY f.tenant_id, f.id, f.number, f.episode HAVING count(e.id) <> f.episode`,
  "the numbers of scans have a gap":
    "SELECT tenant_id FROM scans GROUP BY tenant_id HAVING count(*) <> max(number)",
  "the numbers of findings have a gap":
    "SELECT tenant_id FROM findings WHERE number IS NOT NULL GROUP BY tenant_id HAVING count(*) <> max(number)",
};

/** Laws that are broken, each with how often. Call it while no scan is under way. */
export async function brokenLaws(stack: Stack): Promise<string[]> {
  const broken: string[] = [];
  for (const [sentence, query] of Object.entries(laws)) {
    const rows = await stack.sql<Record<string, unknown>>(query);
    if (rows.length > 0)
      broken.push(`${sentence}: ${rows.length} times, first ${Object.values(rows[0] ?? {})[0]}`);
  }
  return [...broken, ...(await brokenRuns(stack))];
}

interface RunRow {
  number: number;
  api_calls: number | null;
  calls: Uint8Array;
  verdicts: string[];
}

/** The stored calls are those that the scan counted, and a pass rests on a trail list that was read. */
async function brokenRuns(stack: Stack): Promise<string[]> {
  const runs = await stack.sql<RunRow>(
    `SELECT s.number, s.api_calls, r.calls,
            ARRAY(SELECT e.verdict FROM evaluations e WHERE e.tenant_id = s.tenant_id AND e.scan_id = s.id
                    AND e.check_id = 'cloudtrail.not_multi_region') AS verdicts
     FROM scans s JOIN runs r ON r.tenant_id = s.tenant_id AND r.subject_id = s.id AND r.ending = 'ended'`,
  );
  return runs.flatMap(({ number, api_calls, calls, verdicts }) => {
    const entries = callsFrom(unpackJson(calls));
    const listed = entries.some(
      ({ api, outcome }) => api === "cloudtrail:DescribeTrails" && outcome === "ok",
    );
    return [
      ...(entries.length === api_calls
        ? []
        : [`scan ${number} counted ${api_calls} calls and keeps ${entries.length}`]),
      ...(verdicts.includes("PASS") && !listed ? [`scan ${number} passed without a list of trails`] : []),
    ];
  });
}

export type Standing = ReadonlyMap<string, string>;

/** Verdict, number, episode and status of each finding: no fault may change them while AWS stays as it is. */
export async function standing(stack: Stack): Promise<Standing> {
  const rows = await stack.sql<{ key: string; said: string }>(
    `SELECT account_id || ' ' || check_id AS key,
            concat_ws(' ', verdict, reason, severity, number, episode, status) AS said FROM findings`,
  );
  return new Map(rows.map(({ key, said }) => [key, said]));
}

/** Findings that stand otherwise than before; one that is new is no change. */
export function changes(before: Standing, after: Standing): string[] {
  return [...before].flatMap(([key, said]) =>
    after.get(key) === said ? [] : [`finding of ${key}: "${said}" became "${after.get(key) ?? "nothing"}"`],
  );
}
