import type { CheckPage } from "@/lib/checks/check-page";

/** As published in November 2026. */
export const peers: CheckPage["peers"] = {
  paragraphs: [
    "Other tools ask related questions under similar names, so two reports on one account can disagree and both be right about what they ask. These are the differences that change a verdict, as published in November 2026.",
  ],
  rows: [
    {
      tool: "AWS Security Hub CloudTrail.1",
      rule: "One multi-Region trail must hold all read and write management events, with nothing excluded.",
      differs: "Its rule does not mention whether the trail is logging or delivers.",
      ours: "Several trails may complete each other (with a note that AWS wants one). Stopped and undelivered trails fail; excluded sources fail at Medium.",
    },
    {
      tool: "CIS AWS Foundations 3.1 / 4.1",
      rule: "A multi-Region trail is logging, with a management selector that has no readOnly field.",
      differs: "Excluded sources, delivery errors and single Regions are not looked at.",
      ours: "All three are, in every enabled Region.",
    },
    {
      tool: "AWS Config multi-region-cloudtrail-enabled",
      rule: "A multi-Region trail matches the parameters; excluded KMS or RDS Data API events make it non-compliant.",
      differs: "Delivery is not part of the rule.",
      ours: "Delivery is read in each Region.",
    },
    {
      tool: "Prowler cloudtrail_multi_region_enabled",
      rule: "A Region passes when any trail that reaches it is logging, single-Region trails included.",
      differs:
        "Passes accounts in which every Region has its own trail; selectors and delivery are not part of this check; a refused call can read as a fail.",
      ours: "The next Region counts too, so single-Region trails alone fail. What could not be read is reported as not evaluated, with the missing permission.",
    },
    {
      tool: "Checkov CKV_AWS_67, Trivy AVD-AWS-0014",
      rule: "The template sets the multi-Region flag.",
      differs: "They read code, not the account: right for pipelines, silent about drift.",
      ours: "The running account is read. Use both.",
    },
  ],
};
