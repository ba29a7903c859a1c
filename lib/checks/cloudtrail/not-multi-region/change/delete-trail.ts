import type { TrailDescription } from "@/lib/checks/facts/cloudtrail";
import { changeBlock, option } from "@/lib/checks/snippets/aws-cli";
import { cloudtrailCommand } from "./edit-cli";
import { listTrail } from "./new-trail";

/** Deletes a trail; what it delivered stays. The undo creates it again with the settings that we read. */
export function deleteTrailBlock(trail: TrailDescription): string {
  const { arn, homeRegion } = trail;
  return changeBlock(
    [cloudtrailCommand("delete-trail", homeRegion, [option("--name", arn)])],
    [listTrail(arn, homeRegion)],
    createAgain(trail),
  );
}

function createAgain(trail: TrailDescription): readonly string[] {
  const { name, homeRegion, s3BucketName, s3KeyPrefix, kmsKeyId } = trail;
  if (s3BucketName === undefined) return [];
  const given = (flag: string, value: string | undefined) =>
    value === undefined ? [] : [option(flag, value)];
  return [
    cloudtrailCommand("create-trail", homeRegion, [
      option("--name", name),
      option("--s3-bucket-name", s3BucketName),
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
    ...(trail.hasCustomEventSelectors || trail.cloudWatchLogsLogGroupArn !== undefined
      ? ["Set its event selectors and its CloudWatch Logs group again."]
      : []),
  ];
}
