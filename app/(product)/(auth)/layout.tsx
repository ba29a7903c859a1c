import type { ReactNode } from "react";
import { Logo } from "@/components/logo";
import { Link } from "@/components/ui/link";

export default function AuthLayout({ children }: { readonly children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-[440px] flex-col px-4 py-10">
      <header className="mb-8">
        <Link href="/" className="inline-flex min-h-11 items-center no-underline" aria-label="Posturio, home">
          <Logo />
        </Link>
      </header>
      <main>{children}</main>
    </div>
  );
}
