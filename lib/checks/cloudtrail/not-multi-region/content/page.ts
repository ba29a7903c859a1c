import type { CheckPage } from "@/lib/checks/check-page";
import { fix } from "./fix";
import { operations } from "./operations";
import { peers } from "./peers";
import { situations } from "./situations";
import { sources } from "./sources";
import { verification } from "./verification";

/** The public page of this check. */
export const page: CheckPage = {
  description:
    "CloudTrail multi-Region coverage: how to see which AWS Regions leave no trail, what that risks, the one command that fixes it, and how to verify the fix.",
  published: "2026-11-22",
  reviewed: "2026-11-22",
  history: [{ date: "2026-11-22", text: "First published, with the rules of check version 1." }],
  verdict:
    "An account passes when a multi-Region trail, or several together, logs all management events in every enabled Region, delivers them, and will be copied into the next Region you enable. It fails when even one enabled Region is left out, when the trail is stopped, filtered or cannot deliver, and also when every Region merely has a trail of its own, because the next one will not. What cannot be read is named; it is never counted as a pass or as a fail.",
  affected: {
    paragraphs: [
      "Three read-only commands give a first answer. Run them where the AWS CLI is signed in, for example in CloudShell.",
      "They look from one Region. For the whole account, delivery and filters included, paste the answers of one longer read-only command into the page that judges them in your browser.",
    ],
    snippets: [
      {
        label: "Is there a multi-Region trail at all?",
        text: "aws cloudtrail describe-trails --query 'trailList[].[TrailARN,IsMultiRegionTrail]' --output text",
        note: "No line ending in `True` means that you are affected. One call in one Region is enough for this question: a multi-Region trail shows in all of them.",
      },
      {
        label: "Is it logging, and does it deliver?",
        text: "aws cloudtrail get-trail-status --name TRAIL-ARN --query '[IsLogging,LatestDeliveryTime,LatestDeliveryError]'",
        note: "Expected: `true`, a recent time, and `null`. Use the ARN: by name, only the home Region and the owning account find the trail. The answer speaks of one Region; add `--region` to ask another.",
      },
      {
        label: "Does it keep all management events?",
        text: "aws cloudtrail get-event-selectors --trail-name TRAIL-ARN --region HOME-REGION",
        note: "Expected: a selector with `eventCategory` equal to `Management` and no `readOnly` or `eventSource` field; in the older form `ReadWriteType` `All`, `IncludeManagementEvents` `true` and nothing excluded.",
      },
    ],
  },
  operations,
  fix,
  situations,
  verification,
  peers,
  sources,
};
