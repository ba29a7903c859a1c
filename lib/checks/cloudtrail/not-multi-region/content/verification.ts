import type { Passage } from "@/lib/checks/check-page";

const testEvents = `date -u +%FT%TZ   # t0
for region in $(aws ec2 describe-regions --query 'Regions[].RegionName' --output text); do
  aws cloudtrail describe-trails --region "$region" >/dev/null && echo "$region asked"
done`;

const delivered = `for region in $(aws ec2 describe-regions --query 'Regions[].RegionName' --output text); do
  echo "$region $(aws cloudtrail get-trail-status --name TRAIL-ARN --region "$region" \\
    --query LatestDeliveryTime --output text)"
done`;

/** How to be sure. AWS is asked directly and by a scan: each catches what the other assumes. */
export const verification: readonly Passage[] = [
  {
    id: "two-methods",
    title: "Use both methods",
    paragraphs: [
      "Look at AWS directly, and confirm by a scan. The direct look shows what is configured and what arrived; the scan applies the same rules in every Region and keeps the result with its time. Together they catch false assumptions early, and give stronger evidence for reviews inside and outside the company.",
    ],
  },
  {
    id: "test-events",
    title: "Generate test events in several Regions and validate ingestion",
    paragraphs: [
      "Any call is a test event. A read such as `describe-trails` is recorded as a management event in the Region where it is made, costs nothing and leaves nothing to clean up. Note the time, make one call per Region, wait about 15 minutes, and ask when each Region last delivered.",
      "Seeing the event in Event history proves nothing about the trail: Event history works without one. A delivery later than your call does, and your own event in the log bucket is better still.",
    ],
    snippets: [
      { label: "A test event in every enabled Region", text: testEvents },
      {
        label: "After 15 minutes: the latest delivery of every Region",
        text: delivered,
        note: "Every time must be later than t0. Delivery takes about five minutes on average and is not guaranteed; allow up to an hour. A trail that keeps only write events never shows these reads: then this test says nothing.",
      },
    ],
  },
  {
    id: "new-regions",
    title: "Confirm that new Regions inherit logging",
    paragraphs: [
      "`IsMultiRegionTrail` true is the promise; AWS then copies the trail into each Region you enable. To see it happen, enable an opt-in Region in a test account, wait until AWS reports it enabled, and list its trails: the trail must be there with the same ARN. AWS allows several hours for all logs to arrive.",
    ],
  },
  {
    id: "rescan",
    title: "Run Posturio again",
    paragraphs: [
      "`cloudtrail.not_multi_region` must pass. The verdict says how sure it is: every enabled Region read, or some inferred because they could not be read, or a first delivery still outstanding. Scan again after your next deployment; a pass that survives a deployment is worth more than one that follows a repair.",
    ],
    snippets: [
      {
        label: "Without a server, with your own credentials",
        text: "npx posturio check cloudtrail.not_multi_region",
        note: "Exit code 0 pass, 1 fail, 2 not evaluated: usable as a gate in a pipeline.",
      },
    ],
  },
];
