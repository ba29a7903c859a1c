import { z } from "zod";
import { partitions } from "@/lib/checks/words";
import { AppError } from "@/lib/errors";
import { environments } from "./account-states";

export const accountName = z
  .string()
  .trim()
  .min(1, "Give the account a name that your colleagues recognize.")
  .max(80, "Keep the name under 80 characters.")
  .regex(/^[^\p{Cc}]*$/u, "The name may not contain control characters.");

export const newConnection = z.strictObject({
  name: accountName,
  awsAccountId: z
    .string()
    .trim()
    .transform((text) => text.replaceAll(/[\s-]/g, ""))
    .pipe(z.string().regex(/^\d{12}$/, "An AWS account id has exactly 12 digits, such as 111122223333.")),
  partition: z.enum(partitions.values, "Choose one of the AWS partitions.").default("aws"),
  environment: z.enum(environments.values, "Choose one of the environments.").default("other"),
});

export const accountChange = z.strictObject({
  id: z.uuid(),
  name: accountName.optional(),
  environment: z.enum(environments.values, "Choose one of the environments.").optional(),
  version: z.number().int().positive().optional(),
});

/** The input as the schema understands it, or invalid_input with one message per field. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields: Record<string, string> = {};
  for (const issue of result.error.issues) fields[issue.path.join(".") || "input"] ??= issue.message;
  throw new AppError("invalid_input", Object.values(fields)[0] ?? "This input is not valid.", { fields });
}
