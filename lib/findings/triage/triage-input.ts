import { z } from "zod";
import { targetStatuses } from "@/lib/findings/lifecycle/states";
import { hinted } from "@/lib/input/form-hints";
import { oneLine } from "@/lib/text";

const key = z.string().max(100);

/** What somebody has read: a change that another person made since then is not overwritten. */
const version = z.int().positive().describe("The version that was read; a stale one is refused");

/** One line for the history. Empty is the same as none. */
function line(most: number) {
  return z
    .string()
    .transform((text) => oneLine(text.replace(/\s+/g, " ")))
    .pipe(z.string().max(most, `Use at most ${most} characters.`))
    .transform((text) => (text === "" ? null : text));
}

export const ownerId = z.uuid("Choose one of the members.");

const ticketUrl = z
  .string()
  .trim()
  .max(2_000, "Use at most 2,000 characters.")
  .refine(isWebAddress, "Give the whole address of the ticket, beginning with https://.");

/** Only what a browser opens as a page: the link is shown to everybody who sees the finding. */
function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username } = new URL(text);
  return (protocol === "https:" || protocol === "http:") && username === "";
}

const existing = z.iso.datetime({ offset: true });

/** A moment of this century or the next, which the database can hold. February 31 would become a day of March. */
const time = z
  .string()
  .regex(
    /^2[01]\d{2}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|\+\d{2}:\d{2}|-\d{2}:\d{2})$/,
    "Give a time as ISO 8601, such as 2026-12-09T23:59:59Z.",
  )
  .refine((text) => existing.safeParse(text).success, "There is no such time.")
  .meta({ format: "date-time" });

/** Whose it is, when it is due and where it is tracked. What is absent stays; null takes it away. */
export const findingChange = z.strictObject({
  key,
  version,
  ownerId: ownerId.nullable().optional(),
  dueAt: time.nullable().optional().describe("Changing it needs dueReason; null: no due date"),
  dueReason: line(500).nullable().optional().describe("Why the due date changes, for the history"),
  ticketUrl: ticketUrl.nullable().optional(),
});

/** A move of a finding to another status. */
export const findingMove = z.strictObject({
  key,
  version,
  to: z.enum(targetStatuses.values, "Choose one of the statuses that can be asked for."),
  reason: line(500).nullable().optional().describe("Why; needed to put it back to open"),
  note: hinted(line(2_000), { autoComplete: "off" })
    .nullable()
    .optional()
    .describe("What was done, for the history"),
  ownerId: ownerId.optional().describe("Assigns it in the same step"),
  claimedTrailArn: z.string().trim().max(2_048).nullable().optional().describe("The trail that was changed"),
  guardrail: line(200).nullable().optional().describe("What keeps it from coming back"),
  guardrailWaiver: line(500).nullable().optional().describe("Why nothing keeps it from coming back"),
});

/** Parts of a change, as the forms of a finding's page send them. */
export const assignForm = findingChange.pick({ key: true, version: true, ownerId: true });
export const ticketForm = findingChange.pick({ key: true, version: true, ticketUrl: true });
export const dueForm = findingChange
  .pick({ key: true, version: true, dueReason: true })
  .extend({ day: z.iso.date("Give a day, such as 2026-12-09.").nullable() });

export const findingWatch = z.strictObject({ key });
