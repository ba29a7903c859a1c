import { z } from "zod";
import { hinted } from "@/lib/input/form-hints";

/** NIST SP 800-63B: length decides, no composition rules. */
export const passwordLength = { min: 12, max: 128 } as const;

const commonPasswords = new Set([
  "password1234",
  "passwordpassword",
  "password12345",
  "123456789012",
  "1234567890123",
  "12345678901234",
  "123456789012345",
  "1234567890123456",
  "qwertyuiop12",
  "qwertyuiop123",
  "qwertyuiopasdf",
  "qwertyqwerty",
  "qwertyuiopasdfghjkl",
  "1q2w3e4r5t6y",
  "1qaz2wsx3edc",
  "iloveyou1234",
  "iloveyouiloveyou",
  "adminadmin12",
  "administrator",
  "administrator1",
  "letmeinletmein",
  "welcome12345",
  "welcomewelcome",
  "changeme1234",
  "changemechangeme",
  "abcdefghijkl",
  "abcdefghijklmnop",
  "abc123abc123",
  "correct horse battery staple",
  "correcthorsebatterystaple",
  "trustno1trustno1",
  "monkeymonkey",
  "dragondragon",
  "footballfootball",
  "superman1234",
  "sunshine1234",
  "princess1234",
  "secretsecret",
  "passw0rd1234",
  "p@ssw0rd1234",
]);

/** The words every attacker of this very installation tries first. */
const productWords = ["posturio", "cloudtrail", "amazonaws"];

/**
 * Why the password may not be used, as a sentence, or null. `context` are words tied to the person: address, name,
 * organization. A password that is one of them plus a little is refused.
 */
export function passwordProblem(password: string, context: readonly string[] = []): string | null {
  const length = [...password].length;
  if (length < passwordLength.min) return `Use at least ${passwordLength.min} characters.`;
  if (length > passwordLength.max) return `Use at most ${passwordLength.max} characters.`;
  const plain = password.normalize("NFKC").toLowerCase();
  if (new Set(plain).size < 5) return "This password repeats too few characters.";
  if (commonPasswords.has(plain))
    return "This password appears in lists of leaked passwords. Choose another.";
  const words = [
    ...productWords,
    ...context.flatMap((text) =>
      text
        .normalize("NFKC")
        .toLowerCase()
        .split(/[@.\s]+/),
    ),
  ];
  for (const word of words) {
    if (word.length < 4 || !plain.includes(word)) continue;
    const rest = plain.replaceAll(word, "").replace(/[^\p{L}\p{N}]/gu, "");
    if (rest.length < 6) return "This password is built from a name that is easy to guess. Choose another.";
  }
  return null;
}

/** A password someone types to sign in: any length up to the limit, so that old policies lock nobody out. */
export const passwordField = hinted(
  z.string().min(1, "Enter your password.").max(1000, "This password is too long."),
  { control: "password", autoComplete: "current-password" },
);

/** A password someone chooses. Words tied to the person are checked by the use case. */
export const newPasswordField = hinted(
  z.string().superRefine((password, check) => {
    const problem = passwordProblem(password);
    if (problem !== null) check.addIssue({ code: "custom", message: problem });
  }),
  { control: "password", autoComplete: "new-password", minLength: passwordLength.min },
);
