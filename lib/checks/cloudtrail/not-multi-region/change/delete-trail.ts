import type { TrailDescription } from "@/lib/checks/facts/cloudtrail";
import { changeBlock, option } from "@/lib/checks/snippets/aws-cli";
import { listTrail } from "./new-trail";
import { cloudtrailCommand } from "./update-cli";
import { bucketPlaceholder } from "./update-code";

/** Deletes a trail; what it delivered stays. The undo creates it again with the settings that we read. */
export function deleteTrailBlock(trail: TrailDescription): string {
  const { arn, homeRegion } = trail;
  return changeBlock(
    [cloudtrailCommand("delete-trail", homeRegion, [option("--name", arn)])],
    [listTrail(arn, homeRegion)],
    [...createAgain(trail), ...createAgainGaps(trail)],
  );
}

/** Commands that create a deleted trail again, with the settings that we read. */
export function createAgain(trail: TrailDescription): readonly string[] {
  const { name, homeRegion, s3BucketName, s3KeyPrefix, kmsKeyId } = trail;
  const given = (flag: string, value: string | undefined) =>
    value === undefined ? [] : [option(flag, value)];
  return [
    cloudtrailCommand("create-trail", homeRegion, [
      option("--name", name),
      option("--s3-bucket-name", s3BucketName ?? bucketPlaceholder),
      ...given("--s3-key-prefix", s3KeyPrefix),
      ...given("--kms-key-id", kmsKeyId),
      ...given("--sns-topic-name", trail.snsTopicArn),
      trail.isMultiRegion ? "--is-multi-region-trail" : "--no-is-multi-region-trail",
      trail.includeGlobalServiceEvents
        ? "--include-global-service-events"
        : "--no-include-global-service-events",
      ...(trail.isOrganization ? ["--is-organization-trail"] : []),
      ...(trail.logFileValidationEnabled ? ["--enable-log-file-validation"] : []),
    ]),
    cloudtrailCommand("start-logging", homeRegion, [option("--name", name)]),
  ];
}

/** What these commands do not bring back. */
export function createAgainGaps(trail: TrailDescription): readonly string[] {
  return trail.hasCustomEventSelectors || trail.cloudWatchLogsLogGroupArn !== undefined
    ? ["Set its event selectors and its CloudWatch Logs group again."]
    : [];
}
