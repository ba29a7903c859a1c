import type { EvaluationContext } from "@/lib/checks/evaluation-context";

/** What only CloudTrail's checks get beside the facts. Nothing reads it yet: `ListChannels` is not asked for. */
export interface CloudTrailContext extends EvaluationContext {
  /** Regions in which a service-linked channel delivers CloudTrail events to CloudWatch, when known. */
  readonly serviceLinkedChannelRegions?: readonly string[];
}
