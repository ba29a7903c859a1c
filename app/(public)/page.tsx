import { Logo } from "@/components/logo";
import { buttonClass } from "@/components/ui/button";
import { promisedPermissions } from "./permissions";

export default function LandingPage() {
  return (
    <div className="mx-auto w-full max-w-[1232px] px-4 md:px-8">
      <header className="flex flex-wrap items-center justify-between gap-4 py-6">
        <Logo />
        <nav aria-label="Sign in" className="flex gap-2">
          <a href="/login" className={buttonClass("quiet")}>
            Sign in
          </a>
          <a href="/signup" className={buttonClass("outline")}>
            Sign up
          </a>
        </nav>
      </header>
      <main className="max-w-[760px] py-12 md:py-20">
        <h1 className="verdict text-verdict md:text-landing">Know every Region that isn&rsquo;t watching.</h1>
        <p className="mt-6 text-prose text-ink-2">
          Posturio reads the CloudTrail configuration of your AWS accounts in every enabled Region and says
          which ones are logged, which are not and which could not be read. For those that are not, it shows
          the one change to make, with the command filled in.
        </p>
        <p className="mt-8">
          <a href="/signup" className={buttonClass("primary")}>
            Connect an AWS account
          </a>
        </p>
        <section aria-labelledby="asks" className="mt-16 border-t border-line pt-8">
          <h2 id="asks" className="text-section font-semibold">
            What it asks of your account
          </h2>
          <p className="mt-2 text-lead text-ink-2">
            A read-only role with an external id made for your connection. It changes nothing and reads no log
            content.
          </p>
          <dl className="mt-4 border-t border-line">
            {promisedPermissions.map(({ action, why }) => (
              <div key={action} className="grid gap-1 border-b border-line py-3 md:grid-cols-2 md:gap-6">
                <dt className="font-mono text-code [overflow-wrap:anywhere]">{action}</dt>
                <dd className="text-ink-2">{why}</dd>
              </div>
            ))}
          </dl>
          <p className="mt-4 text-small text-ink-3">
            This is the whole list. The role is made from a template that you read before you create anything.
          </p>
        </section>
      </main>
    </div>
  );
}
