import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { fontClasses } from "@/components/fonts";
import { FocusHeading } from "@/components/shell/focus-heading";
import { FollowLinks } from "@/components/shell/follow-links";
import { OfflineBar } from "@/components/shell/offline-bar";
import { themeFromCookie } from "@/components/shell/theme";
import "../globals.css";

export const metadata: Metadata = {
  title: { default: "Posturio", template: "%s · Posturio" },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fbfaf6" },
    { media: "(prefers-color-scheme: dark)", color: "#081317" },
  ],
};

/**
 * Root layout of product and auth pages. Reading the request makes every page below dynamic, which the nonce of the
 * content security policy needs; Next puts the nonce of the `x-nonce` request header's policy on its own scripts.
 */
export default async function ProductRootLayout({ children }: { readonly children: ReactNode }) {
  await headers();
  const theme = themeFromCookie((await cookies()).get("theme")?.value);
  return (
    <html lang="en" className={fontClasses} {...(theme ? { "data-theme": theme } : {})}>
      <body>
        {children}
        <FocusHeading />
        <FollowLinks />
        <OfflineBar />
      </body>
    </html>
  );
}
