import { z } from "zod";
import { hinted } from "@/lib/input/form-hints";
import { nameField } from "@/lib/input/name-field";
import { tokenScopes } from "@/lib/tenancy/permissions";

/** Longest time that a token works, in days. */
export const maxTokenDays = 365;

const outOfRange = `A token works for 1 to ${maxTokenDays} days.`;

/** What a token is called, what it may do, and for how long. */
export const newToken = z.strictObject({
  name: hinted(
    nameField({ least: [1, "Name what will use the token."], most: [80, "Use at most 80 characters."] }),
    { autoComplete: "off" },
  ),
  scopes: z.array(z.enum(tokenScopes.values)).min(1, "Choose at least one scope."),
  days: z.int(outOfRange).min(1, outOfRange).max(maxTokenDays, outOfRange),
});

/** Which token stops working. */
export const tokenRevocation = z.strictObject({ tokenId: z.uuid() });
