import { changed, toParts } from "@/lib/checks/snippets/marked";
import { pascalName, snakeName } from "@/lib/checks/snippets/values";
import type { ChangeTab, CommandPart, SuggestedChange } from "@/lib/checks/suggested-change";
import { coverageCheck } from "./coverage-plan";
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
 * one of them is to be retired, that comes first, and the command is for those that are kept all the same.
 */
export function enableValidation({
  failing,
  plan,
}: Pick<Judgement, "failing" | "plan">): SuggestedChange | null {
  const [first] = failing;
  if (first === undefined) return null;
  const isLeaving = (trail: JudgedTrail) => plan.retires.has(trail.arn);
  const allLeave = isLeaving(first);
  const together = failing.filter((trail) => trail.owner === first.owner && isLeaving(trail) === allLeave);
  const leaving = failing.filter(isLeaving);
  const one = leaving.length === 1;
  const { name, homeRegion } = first.description;
  const command = commands(together, changed("--enable-log-file-validation"));
  return {
    action: first.isForeign ? "FIX_ORG_TRAIL" : "ENABLE_LOG_FILE_VALIDATION",
    title: titleOf(first, allLeave ? leaving.length : 0, plan.isPassing),
    reasons: [
      together.length === 1
        ? `${name} logs, and has log file validation off.`
        : `${together.length} trails log, and have log file validation off.`,
      ...leavingReasons(leaving, allLeave),
      ...(allLeave ? [] : ["Log files from before the change stay without proof, so every day counts."]),
    ],
    target: `${name} · home Region ${homeRegion}`,
    command,
    steps: [
      ...(first.isForeign
        ? [
            `Sign in to account ${first.owner} or to a delegated administrator of CloudTrail; members cannot change this trail.`,
          ]
        : []),
      ...(allLeave
        ? [
            plan.isPassing
              ? `Retire ${one ? "the trail" : "the trails"} first: the finding of ${coverageCheck} for this account says how. Once ${one ? "it is" : "they are"} gone, this finding passes.`
              : `First make the change that the finding of ${coverageCheck} for this account asks for. Once that passes, its page says how to retire ${one ? "this trail" : "these trails"}, and then this finding passes too.`,
          ]
        : []),
      allLeave
        ? `Run the command only for a trail that you keep all the same.`
        : "Run the command; logging does not stop meanwhile.",
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

function titleOf({ isForeign, owner }: JudgedTrail, leaving: number, isNow: boolean): string {
  if (leaving > 0) {
    const what = leaving === 1 ? "Retire the duplicate trail" : `Retire ${leaving} duplicate trails`;
    return isNow ? what : `${what} once every Region is covered`;
  }
  return isForeign
    ? `Turn on log file validation of the organization trail, in account ${owner}`
    : "Turn on log file validation";
}

/** The other check retires these trails: turning something on there first would be work for nothing. */
function leavingReasons(leaving: readonly JudgedTrail[], allLeave: boolean): readonly string[] {
  if (leaving.length === 0) return [];
  const names = leaving.map(({ description }) => description.name).join(", ");
  const what =
    leaving.length === 1
      ? `${names} only copies management events a second time`
      : `${names} only copy management events a second time`;
  return [
    allLeave
      ? `${what}.`
      : `${what}, and ${coverageCheck} retires ${leaving.length === 1 ? "it" : "them"}: leave ${leaving.length === 1 ? "it as it is" : "them as they are"}.`,
  ];
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
