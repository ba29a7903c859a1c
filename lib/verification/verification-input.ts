import { z } from "zod";
import { isRegionName } from "@/lib/findings/list/finding-query";
import { findingMove } from "@/lib/findings/triage/triage-input";

/** Which verification. */
export const verificationName = z.strictObject({ id: z.uuid("This is not the id of a verification.") });

/** A finding that is to be proven fixed. While it is open, asking for that claims that it is. */
export const verificationRequest = findingMove
  .pick({ key: true, version: true, note: true, guardrail: true, guardrailWaiver: true })
  .strict();

const region = z.string().max(40).refine(isRegionName, "Name Regions as AWS does, such as eu-central-1.");

/** An inconclusive verification that is to try again at once. */
export const verificationRetry = verificationName.extend({
  regions: z
    .array(region)
    .min(1, "Name at least one Region.")
    .max(100, "Name at most 100 Regions.")
    .optional()
    .describe("Regions to look for deliveries in again; without it all that have not delivered"),
});
