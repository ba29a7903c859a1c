import { parseTrailArn, type Trail, trailArn } from "../../model/trail";
import { AwsError } from "../../wire/aws-error";
import type { Call } from "../operation";

export function unknownTrail(call: Call, arn: string): AwsError {
  return new AwsError("TrailNotFoundException", `Unknown trail: ${arn} for the user: ${call.account.id}`);
}

export function wrongAccount(call: Call): AwsError {
  return new AwsError(
    "CloudTrailARNInvalidException",
    `AccountID in ARN is wrong, you can only access resources with AccountID ${call.account.id}`,
  );
}

/** The rules of a trail name, in AWS's words. */
export function checkTrailName(name: string): void {
  const invalid = (message: string) => new AwsError("InvalidTrailNameException", message);
  if (name === "") throw invalid("Trail name cannot be blank!");
  if (name.length < 3) {
    throw invalid(
      `Trail name too short. Minimum allowed length: 3 characters. Specified name length: ${name.length} characters.`,
    );
  }
  if (name.length > 128) {
    throw invalid(
      `Trail name too long. Maximum allowed length: 128 characters. Specified name length: ${name.length} characters.`,
    );
  }
  if (!/^[A-Za-z0-9._-]+$/.test(name)) {
    throw invalid(
      "Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), hyphens (-), and underscores (_).",
    );
  }
  if (!/^[A-Za-z0-9]/.test(name)) throw invalid("Trail name must start with a letter or number.");
  if (!/[A-Za-z0-9]$/.test(name)) throw invalid("Trail name must end with a letter or number.");
  if (/[._-]{2}/.test(name)) throw invalid("Trail name cannot have adjacent periods, underscores or dashes.");
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) throw invalid("Trail name cannot be an IP address.");
}

/** A trail by ARN, as its account or as a member with a copy. Its Region does not matter yet. */
function byArn(call: Call, arn: string): Trail {
  const parts = parseTrailArn(arn);
  if (!parts || parts.partition !== call.account.partition) {
    throw new AwsError("CloudTrailARNInvalidException", `Invalid trail ARN: ${arn}`);
  }
  const { world, account } = call;
  const trail = world.trails.get(arn);
  if (parts.accountId !== account.id && !mayName(call, trail)) throw wrongAccount(call);
  if (!trail || (parts.accountId !== account.id && !world.sees(account, trail, trail.homeRegion))) {
    if (!trail?.presence.has(account.id)) throw unknownTrail(call, arn);
  }
  return trail;
}

/** Members may name organization trails of their management account; delegated administrators too. */
function mayName(call: Call, trail: Trail | undefined): boolean {
  if (!trail?.isOrganization) return false;
  return (
    trail.presence.has(call.account.id) || call.world.sameOrganization(call.account.id, trail.ownerAccount)
  );
}

/**
 * The trail a read names. In a Region other than its home only the ARN finds a shadow; a bare name always
 * means this account and this Region, so members never find an organization trail by name.
 */
export function findTrail(call: Call, nameOrArn: string, options: { anyRegion?: boolean } = {}): Trail {
  if (!nameOrArn.startsWith("arn:")) {
    checkTrailName(nameOrArn);
    const arn = trailArn(call.account.partition, call.region, call.account.id, nameOrArn);
    const trail = call.world.trails.get(arn);
    if (!trail || !call.world.sees(call.account, trail, call.region)) throw unknownTrail(call, arn);
    return trail;
  }
  const trail = byArn(call, nameOrArn);
  if (!options.anyRegion && !call.world.sees(call.account, trail, call.region))
    throw unknownTrail(call, nameOrArn);
  return trail;
}

/** The trail a write names: home Region only, and only the account that may change it. */
export function findTrailToChange(call: Call, nameOrArn: string): Trail {
  const trail = nameOrArn.startsWith("arn:") ? byArn(call, nameOrArn) : byNameAnywhere(call, nameOrArn);
  if (trail.ownerAccount !== call.account.id && !isDelegatedAdministrator(call)) {
    throw new AwsError(
      "NotOrganizationMasterAccountException",
      "The account making the request is not the management account of the organization, nor a delegated administrator for CloudTrail. Member accounts can view an organization trail, but cannot change it.",
    );
  }
  if (trail.homeRegion !== call.region) {
    throw new AwsError(
      "InvalidHomeRegionException",
      `Trail ${trail.arn} can only be changed in its home Region: ${trail.homeRegion}`,
    );
  }
  return trail;
}

function byNameAnywhere(call: Call, name: string): Trail {
  checkTrailName(name);
  const { world, account, region } = call;
  const arn = trailArn(account.partition, region, account.id, name);
  const own = world.trails.get(arn);
  if (own) return own;
  const shadow = world
    .trailsVisible(account, region)
    .find((trail) => trail.name === name && trail.ownerAccount === account.id);
  if (shadow) return shadow;
  throw unknownTrail(call, arn);
}

export function isDelegatedAdministrator(call: Call): boolean {
  return call.world.organization?.delegatedAdministrators?.includes(call.account.id) ?? false;
}
