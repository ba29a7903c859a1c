import { z } from "zod";
import { newPasswordField } from "@/lib/auth/password-policy";
import { emailField, personNameField } from "@/lib/auth/person-fields";
import { linkSecret } from "@/lib/auth/secret";
import { hinted } from "@/lib/input/form-hints";
import { type Role, roles } from "@/lib/tenancy/permissions";

const standing = { role: z.enum(roles.values, "Choose a role."), canApprove: z.boolean() };

/** Auditors look on: they approve nothing. */
const mayApprove = (input: { role: Role; canApprove: boolean }) =>
  input.role !== "auditor" || !input.canApprove;
const noApprover = {
  path: ["canApprove"],
  message: "An auditor cannot approve. Choose another role, or remove the right to approve.",
};

/** Who is invited, and as what. */
export const inviteInput = z
  .strictObject({ email: hinted(emailField, { control: "email", autoComplete: "off" }), ...standing })
  .refine(mayApprove, noApprover);

/** Another role of a member, as the page asks for it. */
export const memberRole = z.strictObject({ userId: z.uuid(), role: standing.role });

/** The same, and whether the member may approve; absent: as before, and no auditor. */
export const roleChange = memberRole
  .extend({ canApprove: standing.canApprove.optional() })
  .refine(({ role, canApprove = false }) => mayApprove({ role, canApprove }), noApprover);

/** Whose membership ends, which of the API tokens that they created here end with it, and who gets their findings. */
export const memberRemoval = z.strictObject({
  userId: z.uuid(),
  alsoEnd: z.array(z.uuid()).max(200).default([]),
  reassignTo: z.uuid().nullable().default(null),
});

/** Which invite stops working. */
export const inviteRevocation = z.strictObject({ inviteId: z.uuid() });

/** The link through which somebody signed in joins. */
export const inviteAcceptance = z.strictObject({ secret: linkSecret });

/** The same for somebody without a user. */
export const inviteSignUp = z.strictObject({
  secret: linkSecret,
  name: personNameField,
  password: newPasswordField,
});
