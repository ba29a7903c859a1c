import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Link } from "@/components/ui/link";
import { signUpInput } from "@/lib/auth/auth-input";
import { currentSession } from "@/lib/auth/session";
import { isSignUpOpen } from "@/lib/auth/sign-up";
import { formHints } from "@/lib/input/form-hints";
import { orUnavailable } from "../../or-unavailable";
import { AuthHeading } from "../auth-heading";
import { SignUpForm } from "./sign-up-form";

export const metadata: Metadata = { title: "Sign up" };

export default orUnavailable(SignUpPage);

async function SignUpPage() {
  if ((await currentSession()) !== null) redirect("/welcome");
  const signInLink = (
    <Link href="/login" className="text-brand underline underline-offset-2">
      Sign in
    </Link>
  );
  if (!isSignUpOpen()) {
    return (
      <>
        <AuthHeading title="Sign up">
          This installation works by invitation. Ask an admin of your organization for a link.
        </AuthHeading>
        <p className="text-small text-ink-2">Already registered? {signInLink}</p>
      </>
    );
  }
  return (
    <>
      <AuthHeading title="Sign up">
        Next you sign in, name your organization and connect an AWS account.
      </AuthHeading>
      <SignUpForm hints={formHints(signUpInput)} />
      <p className="mt-6 text-small text-ink-2">Already registered? {signInLink}</p>
    </>
  );
}
