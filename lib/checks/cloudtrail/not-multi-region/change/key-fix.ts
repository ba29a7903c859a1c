import { parseArn } from "@/lib/checks/arn";
import type { TrailDescription } from "@/lib/checks/facts/cloudtrail";
import { awsCommand, changeBlock, option } from "@/lib/checks/snippets/aws-cli";
import { changed } from "@/lib/checks/snippets/marked";
import { type Delivery, keyStatements } from "./bucket-policy";
import type { ChangeInput } from "./change-input";
import { mergeKeyPolicyCommands, restoreKeyPolicyCommands } from "./merge-policy";
import { cloudtrailCommand, readTrail } from "./update-cli";

/** What is wrong with the key that encrypts the log files. `refused`: its policy, or something that AWS does not name. */
export type KeyFault = "disabled" | "pending_deletion" | "gone" | "refused";

export interface KeyFix {
  readonly fault: KeyFault;
  readonly keyId: string;
  readonly region: string;
  /** The account that owns the key; null when its id does not say. */
  readonly account: string | null;
  /** AWS's error, as the trail's status has it. */
  readonly error: string;
}

/** Whether the errors of the last deliveries are about the key (S3 reports them as `KMS.…`), and what they say of it. */
export function keyFixOf({
  directAction,
  trail,
  view,
}: Pick<ChangeInput, "directAction" | "trail" | "view">): KeyFix | null {
  if (directAction !== "FIX_DELIVERY" || trail?.kmsKeyId === undefined) return null;
  const errors = [...(view?.statuses.values() ?? [])].flatMap((status) => status.latestDeliveryError || []);
  const error = errors.find((text) => /^KMS/i.test(text));
  if (error === undefined) return null;
  const arn = parseArn(trail.kmsKeyId);
  return {
    fault: faultOf(error),
    keyId: trail.kmsKeyId,
    region: arn?.region || trail.homeRegion,
    account: arn?.account || null,
    error,
  };
}

function faultOf(error: string): KeyFault {
  if (/Disabled/i.test(error)) return "disabled";
  if (/NotFound/i.test(error)) return "gone";
  return /InvalidState|PendingDeletion/i.test(error) ? "pending_deletion" : "refused";
}

/** The repair of the key as it is pasted. */
export function keyBlock(fix: KeyFix, trail: TrailDescription, delivery: Delivery): string {
  switch (fix.fault) {
    case "disabled":
      return changeBlock([kms("enable-key", fix, true)], [readKey(fix)], [kms("disable-key", fix)]);
    case "pending_deletion":
      return changeBlock(
        [kms("cancel-key-deletion", fix, true), kms("enable-key", fix, true)],
        [readKey(fix)],
        [kms("disable-key", fix)],
      );
    case "gone":
      return changeBlock([encrypt(trail, "", true)], [readEncryption(trail)], [encrypt(trail, fix.keyId)]);
    case "refused":
      return mergeKeyPolicyCommands(fix.keyId, fix.region, keyStatements(delivery));
  }
}

/** Its undo. */
export function keyUndoBlock(fix: KeyFix, trail: TrailDescription, delivery: Delivery): string {
  switch (fix.fault) {
    case "disabled":
    case "pending_deletion":
      return changeBlock([kms("disable-key", fix)], [readKey(fix)], []);
    case "gone":
      return changeBlock([encrypt(trail, fix.keyId)], [readEncryption(trail)], []);
    case "refused":
      return restoreKeyPolicyCommands(fix.keyId, fix.region, keyStatements(delivery));
  }
}

/** The state of the key as AWS has it now. */
export function readKey({ keyId, region }: Pick<KeyFix, "keyId" | "region">): string {
  return awsCommand("kms describe-key", [
    option("--region", region),
    option("--key-id", keyId),
    option("--query", "KeyMetadata.{KeyState: KeyState, Enabled: Enabled}"),
  ]);
}

function kms(operation: string, { keyId, region }: KeyFix, isChanged = false): string {
  const key = option("--key-id", keyId);
  return awsCommand(`kms ${operation}`, [option("--region", region), isChanged ? changed(key) : key]);
}

/** Without a key the bucket's own encryption applies. */
function encrypt({ arn, homeRegion }: TrailDescription, keyId: string, isChanged = false): string {
  const key = option("--kms-key-id", keyId);
  return cloudtrailCommand("update-trail", homeRegion, [
    option("--name", arn),
    isChanged ? changed(key) : key,
  ]);
}

function readEncryption({ arn, homeRegion }: TrailDescription): string {
  return readTrail(arn, homeRegion, ["KmsKeyId"]);
}

/** What to do about the key, in order. */
export function keySteps(fix: KeyFix): readonly string[] {
  const where = fix.account === null ? "in the account that owns it" : `in account ${fix.account}`;
  switch (fix.fault) {
    case "disabled":
      return [`Key ${fix.keyId} is disabled. Enable it, ${where}, Region ${fix.region}.`];
    case "pending_deletion":
      return [
        `Key ${fix.keyId} cannot be used in its present state: as a rule its deletion is scheduled. Cancel the deletion and enable the key, ${where}, Region ${fix.region}. Once deleted it cannot be restored, and no log file under it can be read.`,
      ];
    case "gone":
      return [
        `Key ${fix.keyId} does not exist any more. Encrypt with the bucket's own encryption, or name another key for the trail; it must be in the bucket's Region, and its policy must admit CloudTrail.`,
      ];
    case "refused":
      return [
        `CloudTrail may not use key ${fix.keyId}. Add the statements for cloudtrail.amazonaws.com to the key's policy, ${where}, and check that the key is enabled and in the bucket's Region.`,
      ];
  }
}

/** IAM actions that the commands of the repair need. */
export function keyPermissions({ fault }: KeyFix): readonly string[] {
  const actions: Readonly<Record<KeyFault, readonly string[]>> = {
    disabled: ["kms:EnableKey", "kms:DescribeKey"],
    pending_deletion: ["kms:CancelKeyDeletion", "kms:EnableKey", "kms:DescribeKey"],
    gone: ["cloudtrail:UpdateTrail", "cloudtrail:GetTrail"],
    refused: ["kms:GetKeyPolicy", "kms:PutKeyPolicy"],
  };
  return actions[fault];
}
