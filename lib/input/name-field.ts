import { z } from "zod";

/**
 * No control and no format characters, such as those that turn the direction of writing. Spelled out: clients generate
 * from this pattern, and few of them know the classes of Unicode.
 */
const visible =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  /^[^\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*$/;

/** What reorders, hides or breaks a line where a name is shown: control, format, private, unassigned characters. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Cn}]/u;

const invisible =
  "The name contains an invisible character, such as a line break. Type the name instead of pasting it.";

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
    .regex(visible, invisible)
    .refine((text) => !unseen.test(text), invisible)
    .overwrite((text) => text.replace(/\s+/g, " "));
}
