import type { Passage } from "@/lib/checks/check-page";

const terraform = `resource "aws_cloudtrail" "management_events" {
  name                          = "management-events"
  s3_bucket_name                = aws_s3_bucket.trail.id
  is_multi_region_trail         = true
  include_global_service_events = true
  enable_logging                = true
  enable_log_file_validation    = true
  depends_on                    = [aws_s3_bucket_policy.trail]

  lifecycle {
    prevent_destroy = true
  }
}`;

const cloudFormation = `Trail:
  Type: AWS::CloudTrail::Trail
  DependsOn: TrailBucketPolicy
  DeletionPolicy: Retain
  Properties:
    TrailName: management-events
    S3BucketName: !Ref TrailBucket
    IsLogging: true
    IsMultiRegionTrail: true
    IncludeGlobalServiceEvents: true
    EnableLogFileValidation: true`;

const eachRegion = `for region in $(aws ec2 describe-regions --query 'Regions[].RegionName' --output text); do
  echo "$region $(aws cloudtrail get-trail-status --name TRAIL-ARN --region "$region" \\
    --query '[IsLogging,LatestDeliveryTime,LatestDeliveryError]' --output text)"
done`;

/** The way to a lasting fix, in order. */
export const fix: readonly Passage[] = [
  {
    id: "update-trail",
    title: "Update one trail to include all current and future Regions",
    paragraphs: [
      "Choose one trail and convert it; converting several means paying for the same events more than once. Prefer one that already logs all management events and is healthy; between those one that delivers to a central bucket, has log file validation on and encrypts with a KMS key; and then one in us-east-1, or at least in a default Region. Only its home Region accepts the change, and logging goes on meanwhile.",
      "Below, each situation has its own change. On a finding the names of your account are filled in.",
    ],
  },
  {
    id: "validate-coverage",
    title: "Validate Region coverage in the trail's configuration",
    paragraphs: [
      "Ask every enabled Region for the trail by its ARN. All of them must answer, say that logging is on, and show no delivery error. A Region can fail alone, usually because an old bucket policy still lists the CloudTrail account of each Region instead of the service.",
    ],
    snippets: [
      {
        label: "One line per enabled Region",
        text: eachRegion,
        note: "Quiet Regions may show an old delivery time: CloudTrail writes no file when nothing happened. An error, `False` or `TrailNotFoundException` is a gap.",
      },
    ],
  },
  {
    id: "standardize",
    title: "Standardize the rollout through infrastructure as code",
    paragraphs: [
      "A change made past the code is undone by the next deployment. Terraform, Pulumi, CloudFormation and the AWS CLI make single-Region trails unless given otherwise; only the CDK's `Trail` and the console default to multi-Region. With many accounts, prefer one organization trail, made in the management account and homed in a default Region.",
    ],
    snippets: [
      { label: "Terraform", text: terraform, note: "The provider must be in the trail's home Region." },
      { label: "CloudFormation", text: cloudFormation, note: "`IsLogging` is required." },
    ],
  },
  {
    id: "monitor",
    title: "Monitor trail health and delivery failures",
    paragraphs: [
      "A trail that is configured well can still go silent: the bucket policy changes, a key is disabled, someone stops logging. CloudTrail retries a failing destination for 30 days, so a repair within that time recovers the log files.",
    ],
    points: [
      "Watch `LatestDeliveryError` in every Region; any text there is a failure.",
      "Turn log file validation on: a digest arrives every hour even when nothing happened, which makes silence visible.",
      "Alert on `StopLogging`, `DeleteTrail`, `UpdateTrail` and `PutEventSelectors` with an EventBridge rule in the trail's home Region.",
      "Scan on a schedule. Once the only trail is stopped, no rule that depends on it fires again.",
    ],
  },
];
