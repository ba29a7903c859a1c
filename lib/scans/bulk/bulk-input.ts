import { z } from "zod";
import { bulkLimit } from "@/lib/findings/bulk-states";
import { findingQueryShape } from "@/lib/findings/list/finding-query";
import { findingChange, findingMove } from "@/lib/findings/triage/triage-input";

const { group: _group, sort: _sort, ...filterShape } = findingQueryShape;

/** Which findings: by their keys, or those that a filter of the list lets through. */
const selection = {
  keys: z
    .array(z.string().min(1).max(40))
    .min(1, "Name at least one finding.")
    .max(bulkLimit, `Name at most ${bulkLimit} findings at once.`)
    .optional()
    .describe("e.g. PST-142; the id of a finding that has no key. Either keys or filter"),
  filter: z
    .strictObject(filterShape)
    .optional()
    .describe(`As in the list: all that match it, at most ${bulkLimit}. Either keys or filter`),
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
export const bulkChange = z
  .discriminatedUnion("action", [
    z.strictObject({ ...selection, action: z.literal("assign"), value: assignment }),
    z.strictObject({ ...selection, action: z.literal("due"), value: due }),
    z.strictObject({ ...selection, action: z.literal("claim"), value: claim.default({}) }),
    z.strictObject({ ...selection, action: z.enum(["watch", "unwatch"]) }),
    z.strictObject({ ...selection, action: z.literal("scan") }),
  ])
  .refine(({ keys, filter }) => (keys === undefined) !== (filter === undefined), {
    path: ["keys"],
    error: "Name findings by their keys or by a filter, and not by both.",
  });
export type BulkChange = z.output<typeof bulkChange>;
