import { z } from "zod";
import { hinted } from "@/lib/input/form-hints";
import { oneLine } from "@/lib/text";

/** One spelling per address: NFKC, trimmed, lower case. Two look-alike spellings must not be two users. */
export function normalizeEmail(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase();
}

/** An e-mail address in its one spelling. */
export const emailField = z
  .string()
  .max(500)
  .transform(normalizeEmail)
  .pipe(
    z
      .email({ error: "Enter an e-mail address, like name@example.com." })
      .max(254, "This e-mail address is too long."),
  );

/** How a person is called: one line, no control characters. */
export const personNameField = hinted(
  z
    .string()
    .transform(oneLine)
    .pipe(z.string().min(1, "Enter your name.").max(80, "Use at most 80 characters.")),
  { autoComplete: "name" },
);
