import type { TrailDescription } from "@/lib/checks/facts/cloudtrail";
import type { Facts } from "@/lib/checks/facts/facts";
import type { ManagedBy } from "@/lib/checks/suggested-change";

/**
 * The tool that deploys a trail, recognized by the tags it leaves. CloudFormation sets `aws:cloudformation:stack-name`
 * itself; Terraform, Pulumi and CDK leave what their users configured. Null: no such tag, or tags not readable.
 */
export function ownershipOf(trail: TrailDescription, facts: Partial<Facts>): ManagedBy | null {
  const reading = facts["cloudtrail.trail_tags"]?.[trail.arn];
  if (!reading?.ok) return null;
  const tags = Object.entries(reading.value);
  const stack = tags.find(([key]) => key === "aws:cloudformation:stack-name")?.[1];
  const written = tags.map(([key, value]) => `${key} ${value}`);
  if (stack !== undefined) {
    const isCdk = written.some((text) => /\b(aws[-_ ]?cdk|cdk)\b/i.test(text));
    return { tool: isCdk ? "cdk" : "cloudformation", name: stack, text: stackText(stack) };
  }
  for (const [tool, pattern, name] of toolTags) {
    if (!written.some((text) => pattern.test(text))) continue;
    return {
      tool,
      text: `${name} manages this trail, by its tags. Change it there, or the next deploy would undo the command.`,
    };
  }
  return null;
}

function stackText(stack: string): string {
  const source = stack.startsWith("StackSet-") ? "StackSet instance" : "CloudFormation stack";
  return `${source} ${stack} manages this trail. Change it there, or the next deploy would undo the command.`;
}

const toolTags = [
  ["terraform", /terraform|opentofu|terragrunt/i, "Terraform"],
  ["pulumi", /pulumi/i, "Pulumi"],
  ["cdk", /\b(aws[-_ ]?cdk|cdk)\b/i, "CDK"],
] as const;
