import type { Metadata } from "next";
import { passwordReset } from "@/lib/auth/auth-input";
import { previewReset } from "@/lib/auth/password-reset";
import { formHints } from "@/lib/input/form-hints";
import { orUnavailable } from "../../../or-unavailable";
import { AuthHeading } from "../../auth-heading";
import { ResetForm } from "./reset-form";

export const metadata: Metadata = { title: "New password" };

export default orUnavailable(ResetPage);

async function ResetPage({ params }: { readonly params: Promise<{ token: string }> }) {
  const { token } = await params;
  const reset = await previewReset(token);
  if (reset === null) {
    return (
      <AuthHeading title="This link is no longer valid">
        It has been used, or is older than one hour. Your password is unchanged. Ask the operator of this
        installation for a new link.
      </AuthHeading>
    );
  }
  return (
    <>
      <AuthHeading title="Set a new password">
        For {reset.email}. You will be signed out everywhere; then sign in with the new password.
      </AuthHeading>
      <ResetForm hints={formHints(passwordReset)} secret={token} email={reset.email} />
    </>
  );
}
