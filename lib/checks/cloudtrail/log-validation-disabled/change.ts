import { awsCommand, changeBlock, option } from "@/lib/checks/snippets/aws-cli";
import { hclString } from "@/lib/checks/snippets/hcl";
import { changed, toParts } from "@/lib/checks/snippets/marked";
import { pascalName, snakeName } from "@/lib/checks/snippets/values";
import { yamlString } from "@/lib/checks/snippets/yaml";
import type { ChangeTab, CommandPart, Instruction, SuggestedChange } from "@/lib/checks/suggested-change";
import { plural } from "@/lib/text";
import { type CoveragePlan, coverageCheck } from "./coverage-plan";
import type { JudgedTrail, Judgement } from "./judge";

/** Only the trail's home Region accepts changes (AWS API reference, UpdateTrail). */
function updateTrail({ description }: JudgedTrail, flag: string): string {
  const { homeRegion, arn } = description;
  return awsCommand("cloudtrail update-trail", [option("--region", homeRegion), option("--name", arn), flag]);
}

function readBack({ description }: JudgedTrail): string {
  const { homeRegion, arn } = description;
  return awsCommand("cloudtrail get-trail", [
    option("--region", homeRegion),
    option("--name", arn),
    option("--query", "Trail.{LogFileValidationEnabled: LogFileValidationEnabled}"),
  ]);
}

/** Turns it on or off, reads back what AWS has then, and prints the undo of turning it on. */
function commands(trails: readonly JudgedTrail[], isOn: boolean): readonly CommandPart[] {
  const off = "--no-enable-log-file-validation";
  const change = trails.map((trail) =>
    updateTrail(trail, isOn ? changed("--enable-log-file-validation") : off),
  );
  const undo = isOn ? trails.map((trail) => updateTrail(trail, off)) : [];
  return toParts(changeBlock(change, trails.map(readBack), undo));
}

/**
 * Turns validation on for the first trail, and for the others that the same account owns and that stay. When every
 * one of them is to be retired, that is the change.
 */
export function enableValidation({
  failing,
  plan,
}: Pick<Judgement, "failing" | "plan">): SuggestedChange | null {
  const [first] = failing;
  if (first === undefined) return null;
  const leaving = failing.filter((trail) => plan.retires.has(trail.arn));
  if (leaving.length === failing.length) return retireInstead(leaving, plan);
  const together = failing.filter((trail) => trail.owner === first.owner && !plan.retires.has(trail.arn));
  const { name, homeRegion } = first.description;
  const undo: Instruction = {
    text: "Turn it off again. Digest files that were delivered stay valid.",
    parts: commands(together, false),
  };
  const command = commands(together, true);
  return {
    action: first.isForeign ? "FIX_ORG_TRAIL" : "ENABLE_LOG_FILE_VALIDATION",
    title: first.isForeign
      ? `Turn on log file validation of the organization trail, in account ${first.owner}`
      : "Turn on log file validation",
    reasons: [
      plural(
        together.length,
        `${name} logs, and has log file validation off.`,
        `${together.length} trails log, and have log file validation off.`,
      ),
      ...(leaving.length === 0
        ? []
        : [
            `${copiesText(leaving)}, and ${coverageCheck} retires ${plural(leaving.length, "it: leave it as it is", "them: leave them as they are")}.`,
          ]),
      "Log files from before the change stay without proof, so every day counts.",
    ],
    target: `${name} · home Region ${homeRegion}`,
    command,
    steps: stepsOf(first, ["Run the command; logging does not stop meanwhile."]),
    notes: [
      "CloudTrail charges nothing for it. Each Region gets one digest file an hour, 720 a month: a few cents of S3 requests.",
      "Digest files go to the same bucket, under CloudTrail-Digest; its policy needs no change.",
    ],
    tabs: tabsOf(first, command, undo),
    defaultTab: "cli",
    beforeAfter: [{ attribute: "Log file validation", before: "off", after: "on" }],
    rollback: undo,
    permissions: { actions: ["cloudtrail:UpdateTrail", "cloudtrail:GetTrail"], account: first.owner },
    afterwards: [
      {
        text: "Validate a day of log files now and then, or after an incident:",
        parts: [
          {
            text: awsCommand("cloudtrail validate-logs", [
              option("--region", homeRegion),
              option("--trail-arn", first.description.arn),
              "--start-time START-TIME",
            ]),
          },
        ],
      },
    ],
  };
}

/** The other check retires every one of these trails: turning something on there first would be work for nothing. */
function retireInstead(leaving: readonly JudgedTrail[], { isPassing }: CoveragePlan): SuggestedChange {
  const n = leaving.length;
  const what = plural(n, "Retire the duplicate trail", `Retire ${n} duplicate trails`);
  return {
    action: "ENABLE_LOG_FILE_VALIDATION",
    title: isPassing ? what : `${what} once every Region is covered`,
    reasons: [
      `${copiesText(leaving)}, and ${plural(n, "has", "have")} log file validation off.`,
      `Once ${plural(n, "it is", "they are")} gone, this finding passes.`,
    ],
    steps: [
      isPassing
        ? `Retire ${plural(n, "the trail")} first: the finding of ${coverageCheck} for this account says how.`
        : `First make the change that the finding of ${coverageCheck} for this account asks for. Once that passes, its page says how to retire ${plural(n, "this trail", "these trails")}.`,
      "Scan again.",
    ],
    notes: [
      "A trail that you keep all the same needs log file validation: update-trail with --enable-log-file-validation, in its home Region.",
    ],
  };
}

function copiesText(trails: readonly JudgedTrail[]): string {
  const names = trails.map(({ description }) => description.name).join(", ");
  return `${names} only ${plural(trails.length, "copies", "copy")} management events a second time`;
}

/** The steps of one tool, with what comes before and after with any. */
function stepsOf({ isForeign, owner }: JudgedTrail, steps: readonly string[]): readonly string[] {
  return [
    ...(isForeign
      ? [
          `Sign in to account ${owner} or to a delegated administrator of CloudTrail; members cannot change this trail.`,
        ]
      : []),
    ...steps,
    "Scan again. The first digest file arrives within about an hour.",
  ];
}

function tabsOf(
  trail: JudgedTrail,
  command: readonly CommandPart[],
  undo: Instruction,
): readonly ChangeTab[] {
  const { name, homeRegion } = trail.description;
  const { description } = trail;
  const bucket = description.s3BucketName ?? "YOUR-LOG-BUCKET";
  const add = ["Add the marked line to the trail in your code; leave the rest as it is."];
  return [
    {
      id: "cli",
      label: "AWS CLI",
      language: "shell",
      parts: command,
      steps: stepsOf(trail, ["Run the command; logging does not stop meanwhile."]),
      undo,
    },
    {
      id: "terraform",
      label: "Terraform",
      language: "hcl",
      parts: toParts(
        `resource "aws_cloudtrail" "${snakeName(name)}" {\n  name           = ${hclString(name)}\n  s3_bucket_name = ${hclString(bucket)}\n  # …\n${changed("  enable_log_file_validation = true")}\n}`,
      ),
      steps: stepsOf(trail, ["Run terraform plan: nothing else may change.", "Run terraform apply."]),
      undo: { text: "Take the line out again and run terraform apply." },
      notes: add,
    },
    {
      id: "cloudformation",
      label: "CloudFormation",
      language: "yaml",
      parts: toParts(
        `Resources:\n  ${pascalName(name)}:\n    Type: AWS::CloudTrail::Trail\n    Properties:\n      TrailName: ${yamlString(name)}\n      S3BucketName: ${yamlString(bucket)}\n      # …\n${changed("      EnableLogFileValidation: true")}`,
      ),
      steps: stepsOf(trail, [
        "Create a change set and look at it: nothing else may change.",
        "Execute the change set.",
      ]),
      undo: { text: "Take the line out again and update the stack." },
      notes: add,
    },
    {
      id: "console",
      label: "Console",
      language: "text",
      parts: [],
      steps: stepsOf(trail, [
        `Open CloudTrail in ${homeRegion}, choose Trails, then ${name}.`,
        "Under General details choose Edit, and then Additional settings.",
        "Check Log file validation: Enabled, and save.",
      ]),
      undo: {
        text: "Clear Log file validation in the same place. Digest files that were delivered stay valid.",
      },
    },
  ];
}
