import type { TrailView } from "@/lib/checks/cloudtrail/inventory/trail-view";
import type { WordsInput } from "@/lib/checks/cloudtrail/not-multi-region/words/words-input";
import { keyFixOf, keySteps } from "./key-fix";

/** Around the repair of delivery, with any tool. */
export const scanWhenDelivered = "Scan again after about 15 minutes, when the next log file is due.";

/** What AWS reports of the last deliveries. */
export function reportedErrors(view: TrailView | null): readonly string[] {
  const errors = [...(view?.statuses.values() ?? [])].flatMap((status) => status.latestDeliveryError || []);
  return errors.length === 0 ? [] : [`AWS reports: ${[...new Set(errors)].join(", ")}.`];
}

/** What to check before a scan can pass, in order: first the key where AWS names it, else the bucket and its policy. */
export function deliverySteps({ choice }: WordsInput): readonly string[] {
  const trail = choice.trail?.description ?? null;
  const owner = choice.remediation.account ?? "";
  const bucket = trail?.s3BucketName ?? "the trail's bucket";
  const prefix = trail?.s3KeyPrefix === undefined ? "" : `${trail.s3KeyPrefix}/`;
  const arn = trail?.arn ?? "the trail's ARN";
  const keyFix = keyFixOf({ directAction: choice.directAction, trail, view: choice.trail });
  const reported = reportedErrors(choice.trail);
  if (keyFix !== null) return [...reported, ...keySteps(keyFix), scanWhenDelivered];
  const keyPolicy =
    trail?.kmsKeyId === undefined
      ? []
      : [
          `In the policy of key ${trail.kmsKeyId} allow cloudtrail.amazonaws.com kms:GenerateDataKey* for kms:EncryptionContext:aws:cloudtrail:arn like arn:*:cloudtrail:*:${owner}:trail/*. The key must be enabled and in the bucket's Region.`,
        ];
  return [
    ...reported,
    `Check that ${bucket} exists, and that it is not a Requester Pays bucket.`,
    `In its policy allow the service cloudtrail.amazonaws.com: s3:GetBucketAcl on the bucket, and s3:PutObject on ${prefix}AWSLogs/*, with aws:SourceArn ${arn}. Name the service, not the old per-Region CloudTrail accounts.`,
    ...keyPolicy,
    scanWhenDelivered,
  ];
}
