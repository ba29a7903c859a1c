import { z } from "zod";
import { hinted } from "@/lib/input/form-hints";
import { newPasswordField, passwordField } from "./password-policy";
import { emailField, personNameField } from "./person-fields";
import { linkSecret } from "./secret";

/**
 * Who signs in. The address is not judged, only whether it is known, together with the password; but PostgreSQL takes no
 * text with a NUL in it.
 */
export const signInInput = z.strictObject({
  email: hinted(
    z
      .string()
      .min(1, "Enter your e-mail address.")
      .max(500)
      .refine((text) => !text.includes("\0"), "Enter an e-mail address, like name@example.com."),
    {
      control: "email",
      autoComplete: "username",
    },
  ),
  password: passwordField,
});

/** Who signs up. */
export const signUpInput = z.strictObject({
  name: personNameField,
  email: hinted(emailField, { control: "email", autoComplete: "username" }),
  password: newPasswordField,
});

/** A new password through a link. */
export const passwordReset = z.strictObject({ secret: linkSecret, newPassword: newPasswordField });

/** A new password in place of the one that is given. */
export const passwordChange = z.strictObject({
  currentPassword: passwordField,
  newPassword: newPasswordField,
});

/** The password again, before a step that cannot be undone. */
export const passwordConfirmation = z.strictObject({ password: passwordField });

/** Which session ends. */
export const sessionRevocation = z.strictObject({ sessionId: z.uuid() });
