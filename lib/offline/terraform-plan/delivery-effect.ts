import type { ResourceChange } from "./plan-json";

/** What a change of a bucket or key does to the delivery of a trail. */
export interface DeliveryEffect {
  readonly change: ResourceChange;
  /** `lost`: the trail cannot deliver after the plan. `doubtful`: the plan does not tell. `interrupted`: it goes on. */
  readonly kind: "lost" | "doubtful" | "interrupted";
  /** Without subject: `is deleted`. */
  readonly what: string;
}
