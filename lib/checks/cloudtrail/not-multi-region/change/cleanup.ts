import type { Quality } from "@/lib/checks/cloudtrail/inventory/trail-quality";
import type { TrailView } from "@/lib/checks/cloudtrail/inventory/trail-view";
import { planRetirement, type StayReason } from "@/lib/checks/cloudtrail/not-multi-region/rules/retirement";
import type { WordsInput } from "@/lib/checks/cloudtrail/not-multi-region/words/words-input";
import type { Cleanup } from "@/lib/checks/description";
import { changeBlock, option } from "@/lib/checks/snippets/aws-cli";
import { toParts } from "@/lib/checks/snippets/marked";
import { count } from "@/lib/text";
import { createAgain, createAgainGaps, deleteTrailBlock } from "./delete-trail";
import { cloudtrailCommand, readLogging } from "./update-cli";

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

function stepOf({ description, health }: TrailView): Cleanup["steps"][number] {
  const { name, homeRegion, arn } = description;
  const bucket = description.s3BucketName ?? "its bucket";
  const at = [option("--name", arn)];
  const start = cloudtrailCommand("start-logging", homeRegion, at);
  const stop = cloudtrailCommand("stop-logging", homeRegion, at);
  const logging = readLogging(arn, homeRegion);
  const again = changeBlock(createAgain(description), [readLogging(name, homeRegion)], []);
  return health === "STOPPED"
    ? {
        key: arn,
        title: `Delete ${name}`,
        text: `It is stopped. Its log files stay in ${bucket}.`,
        command: toParts(deleteTrailBlock(description)),
        undo: {
          text: ["Creates the trail again, and starts it.", ...createAgainGaps(description)].join(" "),
          parts: toParts(again),
        },
      }
    : {
        key: arn,
        title: `Stop ${name}`,
        text: `It logs in ${description.isMultiRegion ? "every Region" : homeRegion}, to ${bucket}. First check who reads its log files there. After the next scan this page offers to delete it.`,
        command: toParts(changeBlock([stop], [logging], [start])),
        undo: { text: "Lets the trail log again.", parts: toParts(changeBlock([start], [logging], [])) },
      };
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
