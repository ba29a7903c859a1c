import type { PageSource } from "@/lib/checks/check-page";

const readOn = "2026-11-22";
const guide = "https://docs.aws.amazon.com/awscloudtrail/latest/userguide";
const api = "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference";

function aws(title: string, url: string): PageSource {
  return { title, publisher: "AWS", url, readOn };
}

export const sources: readonly PageSource[] = [
  aws("Understanding multi-Region trails and opt-in Regions", `${guide}/cloudtrail-multi-region-trails.html`),
  aws("DescribeTrails", `${api}/API_DescribeTrails.html`),
  aws("GetTrailStatus", `${api}/API_GetTrailStatus.html`),
  aws("UpdateTrail", `${api}/API_UpdateTrail.html`),
  aws("PutEventSelectors", `${api}/API_PutEventSelectors.html`),
  aws("Creating a trail for an organization", `${guide}/creating-trail-organization.html`),
  aws("Amazon S3 bucket policy for CloudTrail", `${guide}/create-s3-bucket-policy-for-cloudtrail.html`),
  aws("Managing CloudTrail trail costs", `${guide}/cloudtrail-trail-manage-costs.html`),
  aws("CloudTrail pricing", "https://aws.amazon.com/cloudtrail/pricing/"),
  aws("CloudTrail Lake availability change", `${guide}/cloudtrail-lake-service-availability-change.html`),
  aws(
    "Enable or disable AWS Regions in your account",
    "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html",
  ),
  aws(
    "Security Hub controls for CloudTrail",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html",
  ),
  aws(
    "multi-region-cloudtrail-enabled",
    "https://docs.aws.amazon.com/config/latest/developerguide/multi-region-cloudtrail-enabled.html",
  ),
  {
    title: "CIS Amazon Web Services Benchmarks",
    publisher: "Center for Internet Security",
    url: "https://www.cisecurity.org/benchmark/amazon_web_services",
    readOn,
  },
  {
    title: "SP 800-53 Rev. 5",
    publisher: "NIST",
    url: "https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final",
    readOn,
  },
];
