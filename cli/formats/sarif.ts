import { exitCodes } from "@/cli/io";
import { accountName, type FormatOptions, type Outcome, sentenceOf } from "@/cli/outcome";
import type { Severity, Verdict } from "@/lib/checks/evaluation";
import { failureWords } from "@/lib/checks/facts/failure-words";
import { wellFormed } from "@/lib/checks/snippets/invisible";
import { jsonText } from "@/lib/checks/snippets/json";

/** `open` is SARIF's word for "not enough information to decide" (SARIF 2.1.0, 3.27.9). */
const kinds = { PASS: "pass", FAIL: "fail", NOT_EVALUATED: "open" } as const satisfies Record<
  Verdict,
  string
>;

const levels = {
  CRITICAL: "error",
  HIGH: "error",
  MEDIUM: "warning",
  LOW: "note",
} as const satisfies Record<Severity, string>;

/** The scale on which code scanning services sort findings. */
const scores = { CRITICAL: "9.5", HIGH: "8.0", MEDIUM: "5.5", LOW: "3.0" } as const satisfies Record<
  Severity,
  string
>;

/** SARIF 2.1.0, one result. Level `none` wherever the kind is not `fail`, as the standard demands. */
export function sarifReport(outcome: Outcome, { version }: FormatOptions): string {
  const { check, evaluation, description, failures, source, accountId, partition } = outcome;
  const { checkId, verdict, severity, reason } = evaluation;
  const command = description.change?.command?.map((part) => part.text).join("");
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Posturio",
            version,
            rules: [
              {
                id: checkId,
                name: ruleName(checkId),
                shortDescription: { text: check.title },
                fullDescription: { text: check.summary },
                help: { text: check.content.understanding.join("\n\n") },
                defaultConfiguration: { level: levels[check.baseSeverity] },
                properties: {
                  tags: ["security", check.service],
                  "security-severity": scores[severity ?? check.baseSeverity],
                },
              },
            ],
          },
        },
        invocations: [
          {
            executionSuccessful: verdict !== "NOT_EVALUATED",
            exitCode: exitCodes[verdict],
            toolExecutionNotifications: failures.map((failure) => ({
              level: "warning",
              message: { text: `${failureWords(failure).text} ${failureWords(failure).whatToDo}` },
              descriptor: { id: failure.code },
            })),
          },
        ],
        results: [
          {
            ruleId: checkId,
            ruleIndex: 0,
            kind: kinds[verdict],
            level: verdict === "FAIL" ? levels[severity ?? check.baseSeverity] : "none",
            message: {
              text: [sentenceOf(outcome), description.change?.title, command].filter(Boolean).join("\n\n"),
            },
            locations: [
              {
                // Services that show SARIF want a file; an account is none, so its name takes the place.
                physicalLocation: {
                  artifactLocation: {
                    uri: encodeURI(wellFormed(source ?? `aws/${accountId ?? "unknown"}/${check.service}`)),
                  },
                  region: { startLine: 1 },
                },
                logicalLocations: [
                  {
                    fullyQualifiedName: `arn:${partition}:${check.service}::${accountId ?? ""}`,
                    name: accountName(outcome),
                    kind: "resource",
                  },
                ],
              },
            ],
            partialFingerprints: { "posturioAccount/v1": `${accountId ?? "unknown"}/${checkId}` },
            properties: {
              reason,
              assurance: evaluation.assurance,
              coveredRegions: evaluation.coveredRegions,
              partialRegions: evaluation.partialRegions,
              uncoveredRegions: evaluation.uncoveredRegions,
              unknownRegions: evaluation.unknownRegions,
              advisories: evaluation.advisories,
            },
          },
        ],
      },
    ],
  };
  return `${jsonText(log, 2)}\n`;
}

/** `cloudtrail.not_multi_region` as the PascalCase that SARIF recommends. */
function ruleName(checkId: string): string {
  return checkId
    .split(/[._]/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
}
