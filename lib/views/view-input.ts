import { z } from "zod";
import { hinted } from "@/lib/input/form-hints";
import { oneLine } from "@/lib/text";
import { viewQuery } from "./view-query";

const name = hinted(
  z
    .string()
    .transform(oneLine)
    .pipe(z.string().min(1, "Give the view a name.").max(60, "Use at most 60 characters.")),
  { autoComplete: "off" },
);

const query = z
  .string()
  .max(2_000, "These filters are too long to keep.")
  .transform(viewQuery)
  .describe("What stands behind the question mark of the list's address, such as severity=HIGH&owner=none");

export const newView = z.strictObject({
  name,
  query,
  shared: z.boolean().default(false).describe("For everybody in the organization"),
});

/** What is absent stays. */
export const viewChange = z.strictObject({
  id: z.uuid(),
  version: z.int().positive().describe("The version that was read; a stale one is refused"),
  name: name.optional(),
  query: query.optional(),
});

export const viewRemoval = z.strictObject({ id: z.uuid() });
