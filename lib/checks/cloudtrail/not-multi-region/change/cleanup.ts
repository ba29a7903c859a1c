import type { Quality } from "@/lib/checks/cloudtrail/inventory/trail-quality";
import type { TrailView } from "@/lib/checks/cloudtrail/inventory/trail-view";
import { isComplete } from "@/lib/checks/cloudtrail/not-multi-region/rules/decide";
import { planRetirement, type StayReason } from "@/lib/checks/cloudtrail/not-multi-region/rules/retirement";
import { count } from "@/lib/checks/cloudtrail/not-multi-region/words/time-words";
import type { WordsInput } from "@/lib/checks/cloudtrail/not-multi-region/words/words-input";
import type { Cleanup } from "@/lib/checks/description";
import { toParts } from "@/lib/checks/snippets/marked";
import { cloudtrailCommand } from "./edit-cli";
import { bucketPlaceholder } from "./edit-code";

/** What to retire once the verdict passes: trails that only copy management events a second time. */
export function cleanupOf({ analysis, choice, context }: WordsInput): Cleanup | null {
  if (analysis.verdict !== "PASS") return null;
  const plan = planRetirement(analysis, choice, context);
  if (plan === null) return null;
  const { keep, retire, stay } = plan;
  const { name } = keep.description;
  return {
    title:
      retire.length === 0
        ? "Trails that copy events a second time"
        : `Retire ${count(retire.length, "duplicate trail")}`,
    text: [
      `${name} alone logs all management events in every Region. Each further copy costs $2.00 per 100,000 events.`,
      ...(retire.length === 0
        ? []
        : [
            "One trail at a time, in this order: run the command, scan again, and go on only when this finding still passes.",
            "If code or a stack deploys a trail, remove it there: the next deploy would create it again.",
          ]),
    ],
    steps: retire.map(stepOf),
    kept: stay.map(({ trail, why }) => `${trail.description.name} stays: ${stayText(why, name)}`),
  };
}

function stepOf(trail: TrailView): Cleanup["steps"][number] {
  const { name, homeRegion, arn } = trail.description;
  const bucket = trail.description.s3BucketName ?? "its bucket";
  const at = [`--name ${arn}`];
  const command = (verb: string) => toParts(cloudtrailCommand(verb, homeRegion, at));
  return trail.health === "STOPPED"
    ? {
        key: arn,
        title: `Delete ${name}`,
        text: `It is stopped. Its log files stay in ${bucket}.`,
        command: command("delete-trail"),
        undo: { text: "Creates the trail again, and starts it.", parts: toParts(createAgain(trail)) },
      }
    : {
        key: arn,
        title: `Stop ${name}`,
        text: `It logs in ${trail.description.isMultiRegion ? "every Region" : homeRegion}, to ${bucket}. First look who reads its log files there. After the next scan this page offers to delete it.`,
        command: command("stop-logging"),
        undo: { text: "Lets the trail log again.", parts: command("start-logging") },
      };
}

function createAgain(trail: TrailView): string {
  const { description } = trail;
  const { name, homeRegion, s3BucketName, s3KeyPrefix, kmsKeyId } = description;
  const create = cloudtrailCommand("create-trail", homeRegion, [
    `--name ${name}`,
    `--s3-bucket-name ${s3BucketName ?? bucketPlaceholder}`,
    ...(s3KeyPrefix === undefined ? [] : [`--s3-key-prefix ${s3KeyPrefix}`]),
    ...(kmsKeyId === undefined ? [] : [`--kms-key-id ${kmsKeyId}`]),
    ...(description.isMultiRegion ? ["--is-multi-region-trail"] : []),
    ...(description.includeGlobalServiceEvents ? [] : ["--no-include-global-service-events"]),
    ...(description.logFileValidationEnabled ? ["--enable-log-file-validation"] : []),
  ]);
  const selectors = isComplete(trail)
    ? []
    : ["# It logs all management events now; its own selectors were fewer."];
  return [create, ...selectors, cloudtrailCommand("start-logging", homeRegion, [`--name ${name}`])].join(
    "\n\n",
  );
}

const missing: Readonly<Record<Quality, readonly [has: string, first: string]>> = {
  organization: [
    "it serves the whole organization",
    "Let the organization's trail cover every Region first.",
  ],
  central_bucket: ["it delivers to a central bucket", "Let the other trail deliver there first."],
  validation: ["it has log file validation on", "Turn it on for the other trail first."],
  key: ["it encrypts its log files with a KMS key", "Give the other trail a key first."],
};

function stayText(why: StayReason, kept: string): string {
  switch (why.because) {
    case "data_events":
      return `it also logs data or network activity events, which ${kept} does not copy. Move them first, or take management events out of it.`;
    case "insights":
      return "it also delivers Insights events. Move Insights first.";
    case "log_group":
      return "it also sends to CloudWatch Logs. Move the alarms that read its log group first.";
    case "notifications":
      return "it also notifies an SNS topic. Move whatever waits for its notifications first.";
    case "delivery":
      return "its delivery fails. Restore delivery first, for CloudTrail keeps undelivered log files for 30 days; then it can go too.";
    case "better": {
      const [has, first] = missing[why.in];
      return `${has}, and ${kept} does not. ${first}`;
    }
  }
}
