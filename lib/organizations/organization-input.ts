import { z } from "zod";
import { hinted } from "@/lib/input/form-hints";
import { oneLine } from "@/lib/text";

/** An organization: its name is one line of up to 80 characters. */
export const organizationInput = z.strictObject({
  name: hinted(
    z
      .string()
      .transform(oneLine)
      .pipe(z.string().min(2, "Use at least 2 characters.").max(80, "Use at most 80 characters.")),
    { autoComplete: "organization" },
  ),
});
