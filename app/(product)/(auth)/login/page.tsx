import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { signInInput } from "@/lib/auth/auth-input";
import { safeReturnPath } from "@/lib/auth/return-path";
import { currentSession } from "@/lib/auth/session";
import { isSignUpOpen } from "@/lib/auth/sign-up";
import { formHints } from "@/lib/input/form-hints";
import { orUnavailable } from "../../or-unavailable";
import { AuthHeading } from "../auth-heading";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

interface Done {
  readonly title: string;
  readonly more?: string;
}

const done: Readonly<Record<string, Done>> = {
  // One answer for every address: whether it was registered before is told to nobody here.
  "sign-up": {
    title: "Now sign in with the address and password you entered.",
    more: "If they are refused, the address was registered earlier, with another password.",
  },
  out: { title: "You are signed out." },
  everywhere: { title: "You are signed out everywhere." },
  password: { title: "Your new password is set. Sign in with it." },
  deleted: { title: "Your profile is deleted." },
};

export default orUnavailable(LoginPage);

async function LoginPage({
  searchParams,
}: {
  readonly searchParams: Promise<{ return?: string | string[]; done?: string | string[] }>;
}) {
  const { return: returnTo, done: doneWhat } = await searchParams;
  const path = typeof returnTo === "string" ? safeReturnPath(returnTo, "") : "";
  if ((await currentSession()) !== null) redirect(path === "" ? "/welcome" : path);
  const message = typeof doneWhat === "string" ? done[doneWhat] : undefined;
  return (
    <>
      <AuthHeading title="Sign in" />
      {message === undefined ? null : (
        // Over once signing in was refused: what is said then counts.
        <div className="[&:has(~form_[role=alert])]:hidden">
          <Notice title={message.title} role="status">
            {message.more}
          </Notice>
        </div>
      )}
      <SignInForm hints={formHints(signInInput)} returnTo={path === "" ? null : path} />
      <p className="mt-6 text-small text-ink-2">
        {isSignUpOpen() ? (
          <>
            New here?{" "}
            <Link href="/signup" className="text-brand underline underline-offset-2">
              Sign up
            </Link>
          </>
        ) : (
          "New here? This installation works by invitation. Ask an admin of your organization for a link."
        )}
      </p>
      <p className="mt-2 text-small text-ink-3">
        Forgot your password? Ask the operator of this installation for a reset link.
      </p>
    </>
  );
}
