import { changed, toParts } from "@/lib/checks/snippets/marked";
import { pascalName, snakeName } from "@/lib/checks/snippets/values";
import type { ChangeTab, CommandPart, SuggestedChange } from "@/lib/checks/suggested-change";
import { type CoveragePlan, coverageCheck } from "./coverage-plan";
import type { JudgedTrail, Judgement } from "./judge";

/** Only the trail's home Region accepts changes (AWS API reference, UpdateTrail). */
function updateTrail({ description }: JudgedTrail, option: string): string {
  const { homeRegion, arn } = description;
  return `aws cloudtrail update-trail \\\n  --region ${homeRegion} \\\n  --name ${arn} \\\n  ${option}`;
}

function commands(trails: readonly JudgedTrail[], option: string): readonly CommandPart[] {
  return toParts(trails.map((trail) => updateTrail(trail, option)).join("\n\n"));
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
  const command = commands(together, changed("--enable-log-file-validation"));
  return {
    action: first.isForeign ? "FIX_ORG_TRAIL" : "ENABLE_LOG_FILE_VALIDATION",
    title: first.isForeign
      ? `Turn on log file validation of the organization trail, in account ${first.owner}`
      : "Turn on log file validation",
    reasons: [
      together.length === 1
        ? `${name} logs, and has log file validation off.`
        : `${together.length} trails log, and have log file validation off.`,
      ...(leaving.length === 0
        ? []
        : [
            `${copiesText(leaving)}, and ${coverageCheck} retires ${leaving.length === 1 ? "it: leave it as it is" : "them: leave them as they are"}.`,
          ]),
      "Log files from before the change stay without proof, so every day counts.",
    ],
    target: `${name} · home Region ${homeRegion}`,
    command,
    steps: [
      ...(first.isForeign
        ? [
            `Sign in to account ${first.owner} or to a delegated administrator of CloudTrail; members cannot change this trail.`,
          ]
        : []),
      "Run the command; logging does not stop meanwhile.",
      "Scan again. The first digest file arrives within about an hour.",
    ],
    notes: [
      "CloudTrail charges nothing for it. Each Region gets one digest file an hour, 720 a month: a few cents of S3 requests.",
      "Digest files go to the same bucket, under CloudTrail-Digest; its policy needs no change.",
    ],
    tabs: tabsOf(first, command),
    defaultTab: "cli",
    beforeAfter: [{ attribute: "Log file validation", before: "off", after: "on" }],
    rollback: {
      text: "Turn it off again. Digest files that were delivered stay valid.",
      parts: commands(together, "--no-enable-log-file-validation"),
    },
    permissions: { actions: ["cloudtrail:UpdateTrail"], account: first.owner },
    afterwards: [
      {
        text: "Validate a day of log files now and then, or after an incident:",
        parts: [
          {
            text: `aws cloudtrail validate-logs \\\n  --region ${homeRegion} \\\n  --trail-arn ${first.description.arn} \\\n  --start-time START-TIME`,
          },
        ],
      },
    ],
  };
}

/** The other check retires every one of these trails: turning something on there first would be work for nothing. */
function retireInstead(leaving: readonly JudgedTrail[], { isPassing }: CoveragePlan): SuggestedChange {
  const one = leaving.length === 1;
  const what = one ? "Retire the duplicate trail" : `Retire ${leaving.length} duplicate trails`;
  return {
    action: "ENABLE_LOG_FILE_VALIDATION",
    title: isPassing ? what : `${what} once every Region is covered`,
    reasons: [
      `${copiesText(leaving)}, and ${one ? "has" : "have"} log file validation off.`,
      `Once ${one ? "it is" : "they are"} gone, this finding passes.`,
    ],
    steps: [
      isPassing
        ? `Retire ${one ? "the trail" : "the trails"} first: the finding of ${coverageCheck} for this account says how.`
        : `First make the change that the finding of ${coverageCheck} for this account asks for. Once that passes, its page says how to retire ${one ? "this trail" : "these trails"}.`,
      "Scan again.",
    ],
    notes: [
      "A trail that you keep all the same needs log file validation: update-trail with --enable-log-file-validation, in its home Region.",
    ],
  };
}

function copiesText(trails: readonly JudgedTrail[]): string {
  const names = trails.map(({ description }) => description.name).join(", ");
  return `${names} only ${trails.length === 1 ? "copies" : "copy"} management events a second time`;
}

function tabsOf({ description }: JudgedTrail, command: readonly CommandPart[]): readonly ChangeTab[] {
  const { name, homeRegion } = description;
  const bucket = description.s3BucketName ?? "YOUR-LOG-BUCKET";
  const add = ["Add the marked line to the trail as it stands in your code; leave the rest as it is."];
  return [
    { id: "cli", label: "AWS CLI", language: "shell", parts: command },
    {
      id: "terraform",
      label: "Terraform",
      language: "hcl",
      parts: toParts(
        `resource "aws_cloudtrail" "${snakeName(name)}" {\n  name           = "${name}"\n  s3_bucket_name = "${bucket}"\n  # …\n${changed("  enable_log_file_validation = true")}\n}`,
      ),
      notes: add,
    },
    {
      id: "cloudformation",
      label: "CloudFormation",
      language: "yaml",
      parts: toParts(
        `Resources:\n  ${pascalName(name)}:\n    Type: AWS::CloudTrail::Trail\n    Properties:\n      TrailName: ${name}\n      S3BucketName: ${bucket}\n      # …\n${changed("      EnableLogFileValidation: true")}`,
      ),
      notes: add,
    },
    {
      id: "console",
      label: "Console",
      language: "text",
      parts: [],
      steps: [
        `Open CloudTrail in ${homeRegion}, choose Trails, then ${name}.`,
        "Under General details choose Edit, and then Additional settings.",
        "Check Log file validation: Enabled, and save.",
      ],
    },
  ];
}
