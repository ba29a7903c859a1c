import { z } from "zod";
import { bulkLimit } from "@/lib/findings/bulk-states";
import { findingChange, findingMove } from "@/lib/findings/triage/triage-input";

/** Which findings: each by its key, or by its id while it has none. */
const selection = {
  keys: z
    .array(z.string().min(1).max(40))
    .min(1, "Name at least one finding.")
    .max(bulkLimit, `Name at most ${bulkLimit} findings at once.`)
    .describe("e.g. PST-142; the id of a finding that has no key"),
  preview: z
    .boolean()
    .default(false)
    .describe("true: nothing is changed, and the answer says what would happen"),
};

const assignment = findingChange.pick({ ownerId: true }).required();
const due = findingChange
  .pick({ dueAt: true })
  .required()
  .extend({
    dueReason: findingChange.shape.dueReason
      .unwrap()
      .unwrap()
      .refine((text) => text !== null, "Say why the due date changes: it goes into the history."),
  });
const claim = findingMove.pick({ note: true, guardrail: true, guardrailWaiver: true });

/** One change of many findings. */
export const bulkChange = z.discriminatedUnion("action", [
  z.strictObject({ ...selection, action: z.literal("assign"), value: assignment }),
  z.strictObject({ ...selection, action: z.literal("due"), value: due }),
  z.strictObject({ ...selection, action: z.literal("claim"), value: claim.default({}) }),
  z.strictObject({ ...selection, action: z.enum(["watch", "unwatch"]) }),
  z.strictObject({ ...selection, action: z.literal("scan") }),
]);
export type BulkChange = z.output<typeof bulkChange>;
