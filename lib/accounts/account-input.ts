import { z } from "zod";
import { partitions } from "@/lib/checks/words";
import { hinted } from "@/lib/input/form-hints";
import { nameField } from "@/lib/input/name-field";
import { oneLine } from "@/lib/text";
import { environments } from "./account-states";

/** The id of an account, as the lists give it. */
export const accountId = z.uuid("This is not the id of an account, as the list of accounts gives it.");

const accountName = hinted(
  nameField({
    least: [1, "Give the account a name that your colleagues recognize."],
    most: [80, "Use at most 80 characters."],
  }),
  { autoComplete: "off" },
);

const environment = z.enum(environments.values, "Choose one of the environments.");

/** Which AWS account is connected. */
export const newConnection = z.strictObject({
  name: accountName,
  awsAccountId: hinted(
    z
      .string()
      .trim()
      .transform((text) => text.replaceAll(/[\s-]/g, ""))
      .pipe(z.string().regex(/^\d{12}$/, "An AWS account id has exactly 12 digits, such as 111122223333."))
      .describe("12 digits; spaces and dashes between them are ignored"),
    { autoComplete: "off", inputMode: "numeric" },
  ),
  partition: z.enum(partitions.values, "Choose one of the AWS partitions.").default("aws"),
  environment: environment.default("other"),
});

/** The role that a connection test tries. Its parts are judged where the account is known. */
export const connectionTestInput = z.strictObject({
  accountId,
  roleArn: hinted(z.string().max(2048), { autoComplete: "off" }),
});

/** Whose connection test is stopped. */
export const connectionTestStop = z.strictObject({ accountId });

/** How often an account is scanned: between hourly and weekly. */
export const scanInterval = z
  .int()
  .min(60, "A schedule scans an account at most once an hour.")
  .max(
    7 * 24 * 60,
    "A schedule scans an account at least once a week. To scan it by hand only, choose no schedule.",
  );

/** What was read before the change. */
export const accountVersion = z
  .int()
  .positive()
  .optional()
  .describe(
    "The version that was read. If someone changed the account since then, the answer is 409 version_conflict",
  );

/** A word of the organization's own for kinds of accounts. One spelling, so that rules find it. */
const label = z
  .string()
  .transform((text) => oneLine(text).toLowerCase())
  .pipe(
    z
      .string()
      .min(1, "A label has at least one character.")
      .max(40, "A label has at most 40 characters.")
      .regex(/^[^,]*$/, "A label has no comma."),
  );

const labels = z
  .array(label)
  .max(20, "An account has at most 20 labels.")
  .transform((list) => [...new Set(list)]);

/** What the organization calls an account. */
export const accountChange = z.strictObject({
  id: accountId,
  name: accountName.optional(),
  environment: environment.optional(),
  labels: labels.optional().describe("All of its labels"),
  version: accountVersion,
});

/** The same as the page's form sends it: labels as one text with commas between them. */
export const accountDetails = accountChange.extend({
  labels: hinted(
    z
      .string()
      .max(1_000, "Use at most 1,000 characters.")
      .transform((text) => text.split(",").filter((part) => part.trim() !== ""))
      .pipe(labels),
    { autoComplete: "off" },
  ),
});

/** The same together with its schedule, as programs change both at once. */
export const accountUpdate = accountChange.extend({
  everyMinutes: scanInterval.nullable().optional().describe("How often it is scanned; null: not by schedule"),
});

/** A connection that was begun, and is not wanted. */
export const draftDeletion = z.strictObject({ id: accountId });

/** An account that is no longer read: its name is typed to confirm. */
export const disconnection = z.strictObject({
  id: accountId,
  confirmName: hinted(z.string().max(200), { autoComplete: "off" }),
});
