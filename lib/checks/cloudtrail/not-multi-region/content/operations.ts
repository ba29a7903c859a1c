import type { Passage } from "@/lib/checks/check-page";

export const operations: readonly Passage[] = [
  {
    id: "control-signal",
    title: "A control signal, not a point-in-time warning",
    paragraphs: [
      "One failing account is a defect. The same failure after every deployment is a signal about the way you build: some template, module or account factory makes single-Region trails, and repairing accounts by hand only resets the clock.",
      "So read the finding twice. First for the Regions it names, which you can cover today. Then for its history: whether it returns tells you if the control works.",
    ],
  },
  {
    id: "hidden-for-long",
    title: "Why it stays hidden for so long",
    paragraphs: [
      "Drift is gradual. A pilot starts in a second Region, an opt-in Region is enabled for one customer, a trail is recreated from an old module. Nothing breaks, no alarm rings, and the console's list of trails looks the same as before.",
      "Ownership is split. The platform team owns the trail and the log bucket, the application teams choose the Regions, and an organization's management account belongs to neither. Each sees its half working.",
    ],
    points: [
      "Name one owner for the trail, and let that owner hear of every newly enabled Region.",
      "Give the finding to whoever can change the trail: for an organization trail that is the management account, for a trail made by code the owner of that code.",
    ],
  },
  {
    id: "guardrails",
    title: "When it keeps coming back: guardrails",
    paragraphs: [
      "A finding that returns after each deployment asks for prevention rather than speed. Put the rule where the change is made: in infrastructure as code and in the review pipeline. Fast repair matters; prevention that lasts is what keeps engineering quick.",
    ],
    points: [
      "In the module: multi-Region on by default, and no variable to turn it off.",
      "In the pipeline: a policy rule that refuses a plan with a single-Region trail.",
      "In the organization: an organization trail, which members cannot change, and a service control policy that denies `cloudtrail:StopLogging`, `DeleteTrail`, `UpdateTrail` and `PutEventSelectors` to everyone but the role that maintains it. It does not bind the management account.",
      "At run time: the AWS Config rule `multi-region-cloudtrail-enabled`, an EventBridge rule on those same calls, and scheduled scans, because a stopped trail can no longer report on itself.",
    ],
  },
];
