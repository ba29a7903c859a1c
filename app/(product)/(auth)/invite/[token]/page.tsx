import type { Metadata } from "next";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import { currentSession } from "@/lib/auth/session";
import { formHints } from "@/lib/input/form-hints";
import { previewInvite } from "@/lib/members/accept-invite";
import { inviteSignUp } from "@/lib/members/member-input";
import { orUnavailable } from "../../../or-unavailable";
import { AuthHeading } from "../../auth-heading";
import { InviteSignUpForm, JoinForm } from "./invite-forms";

export const metadata: Metadata = { title: "Invite" };

export default orUnavailable(InvitePage);

async function InvitePage({ params }: { readonly params: Promise<{ token: string }> }) {
  const { token } = await params;
  const invite = await previewInvite(token);
  if (invite === null) {
    return (
      <AuthHeading title="This invite is no longer valid">
        It has been used or withdrawn, or is older than 72 hours. Ask the person who sent it for a new link.
      </AuthHeading>
    );
  }
  const session = await currentSession();
  const link = "text-brand underline underline-offset-2";
  return (
    <>
      <AuthHeading title={`Join ${invite.organizationName}`}>
        {invite.inviterName ?? "An admin"} invited you. Your role will be{" "}
        <strong className="font-semibold">{invite.role}</strong>. This link works once and expires on{" "}
        <Time at={invite.expiresAt} style="absolute" />.
      </AuthHeading>
      {session === null ? (
        <>
          <InviteSignUpForm hints={formHints(inviteSignUp)} secret={token} email={invite.email} />
          <p className="mt-6 text-small text-ink-2">
            Already registered?{" "}
            <Link href={`/login?return=${encodeURIComponent(`/invite/${token}`)}`} className={link}>
              Sign in
            </Link>{" "}
            first, and you will come back to this page.
          </p>
        </>
      ) : (
        <>
          <p className="mb-4 text-ink-2">
            You are signed in as {session.name} ({session.email}).
          </p>
          <JoinForm secret={token} organization={invite.organizationName} />
        </>
      )}
    </>
  );
}
