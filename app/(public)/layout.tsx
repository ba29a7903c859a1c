import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { fontClasses } from "@/components/fonts";
import { PublicFooter, PublicHeader } from "@/components/landing/public-header";
import { origin } from "./origin";
import "../globals.css";

export const metadata: Metadata = {
  metadataBase: new URL(origin()),
  title: { default: "Posturio", template: "%s · Posturio" },
  description:
    "Finds the AWS Regions that CloudTrail does not watch, explains them, and shows the one change to make.",
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fbfaf6" },
    { media: "(prefers-color-scheme: dark)", color: "#081317" },
  ],
};

/** Root layout of public pages: static, so it reads no cookie and follows the system's theme. */
export default function PublicRootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en" className={fontClasses}>
      <body>
        <a
          href="#main"
          className="absolute start-4 top-2 z-10 -translate-y-16 rounded-control bg-brand-solid px-3 py-2 font-semibold text-on-brand focus:translate-y-0"
        >
          Skip to content
        </a>
        <div className="mx-auto w-full max-w-[1232px] px-4 md:px-8">
          <PublicHeader />
          <main id="main">{children}</main>
          <PublicFooter />
        </div>
      </body>
    </html>
  );
}
