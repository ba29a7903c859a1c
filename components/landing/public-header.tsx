import { Logo } from "@/components/logo";
import { buttonClass } from "@/components/ui/button-class";

/** Plain links: public pages prefetch nothing, and the page for trying a check must not call anywhere. */
export function PublicHeader() {
  return (
    <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-5">
      <a href="/" aria-label="Posturio, home" className="no-underline">
        <Logo />
      </a>
      <nav aria-label="Main" className="flex flex-wrap items-center gap-x-1 gap-y-2">
        <a href="/checks" className={buttonClass("quiet")}>
          Checks
        </a>
        <a href="/login" className={buttonClass("quiet")}>
          Sign in
        </a>
        <a href="/signup" className={buttonClass("outline")}>
          Sign up
        </a>
      </nav>
    </header>
  );
}

export function PublicFooter() {
  return (
    <footer className="mt-20 flex flex-wrap justify-between gap-x-8 gap-y-3 border-t border-line py-8 text-small text-ink-3">
      <p>Posturio reads configuration with a read-only role. It changes nothing and reads no log content.</p>
      <ul className="flex flex-wrap gap-x-5 gap-y-1">
        <li>
          <a href="/checks" className="link">
            Checks
          </a>
        </li>
        <li>
          <a href="/#permissions" className="link">
            Permissions
          </a>
        </li>
        <li>
          <a href="/.well-known/security.txt" className="link">
            Report a vulnerability
          </a>
        </li>
      </ul>
    </footer>
  );
}
