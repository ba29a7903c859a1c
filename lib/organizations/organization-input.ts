import { z } from "zod";
import { hinted } from "@/lib/input/form-hints";
import { nameField } from "@/lib/input/name-field";

/** An organization: its name is one line of up to 80 characters. */
export const organizationInput = z.strictObject({
  name: hinted(
    nameField({ least: [2, "Use at least 2 characters."], most: [80, "Use at most 80 characters."] }),
    { autoComplete: "organization" },
  ),
});
