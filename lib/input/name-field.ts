import { z } from "zod";

/** What reorders, hides or breaks a line where a name is shown: control, format, private, unassigned characters. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Cn}]/u;

/**
 * What people call a thing: one line in its one spelling (NFKC, single spaces). Refused with a character that nobody
 * sees, rather than changed: names are compared, and shown beside each other.
 */
export function nameField(words: {
  readonly least?: readonly [number, string];
  readonly most: readonly [number, string];
}) {
  const [least, tooShort] = words.least ?? [1, "Enter a name."];
  const [most, tooLong] = words.most;
  return z
    .string()
    .normalize("NFKC")
    .trim()
    .min(least, tooShort)
    .max(most, tooLong)
    .refine(
      (text) => !unseen.test(text),
      "The name has a character that nobody sees, such as a line break. Type the name instead of pasting it.",
    )
    .overwrite((text) => text.replace(/\s+/g, " "));
}
