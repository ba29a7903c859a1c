import { parseArn } from "@/lib/checks/arn";
import { matches } from "@/lib/checks/facts/patterns";

// What a plan says is printed, so each value is taken only as Terraform and AWS write it; any other one is not known.

/** The account that an ARN names; null when it names none. */
export function accountInArn(arn: string | null): string | null {
  const account = parseArn(arn ?? "")?.account ?? "";
  return matches("accountId", account) ? account : null;
}

export function regionInArn(arn: string | null): string | null {
  return regionName(parseArn(arn ?? "")?.region ?? null);
}

export function regionName(value: string | null): string | null {
  return value !== null && matches("region", value) ? value : null;
}

/** Terraform escapes in addresses what is not seen (`%q` of Go), so a name that hides something is not its own. */
export function hidesSomething(name: string): boolean {
  return !matches("line", name);
}
