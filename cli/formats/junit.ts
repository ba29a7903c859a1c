import { accountName, type FormatOptions, type Outcome, sentenceOf } from "@/cli/outcome";
import { visibleLines } from "@/lib/checks/snippets/visible";
import { workflowSafe } from "@/lib/checks/snippets/workflow";
import { textReport } from "./text";

/**
 * One test suite with one test case, as CI servers show test results. Not evaluated is an `error`, not a
 * failure: whether the account is fine is unknown.
 */
export function junitReport(outcome: Outcome, options: FormatOptions): string {
  const { evaluation, durationMs } = outcome;
  const { verdict, reason } = evaluation;
  const failed = verdict === "FAIL" ? 1 : 0;
  const errors = verdict === "NOT_EVALUATED" ? 1 : 0;
  const counts = `tests="1" failures="${failed}" errors="${errors}" skipped="0"`;
  const seconds = (durationMs / 1000).toFixed(3);
  const body = textReport(outcome, { ...options, color: false });
  const problem =
    verdict === "PASS"
      ? `<system-out>${escaped(body)}</system-out>`
      : `<${verdict === "FAIL" ? "failure" : "error"} type="${escaped(reason)}" message="${escaped(sentenceOf(outcome))}">${escaped(body)}</${verdict === "FAIL" ? "failure" : "error"}>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="posturio" ${counts} time="${seconds}">
  <testsuite name="${escaped(evaluation.checkId)}" ${counts} time="${seconds}">
    <testcase classname="${escaped(evaluation.checkId)}" name="${escaped(accountName(outcome))}" time="${seconds}">
      ${problem}
    </testcase>
  </testsuite>
</testsuites>
`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** XML 1.0 has no place for control characters, escaped or not; what a reader does not see is written out. */
function escaped(text: string): string {
  return workflowSafe(visibleLines(text))
    .replace(/[&<>"]/g, (sign) => entities[sign] ?? sign)
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "");
}
