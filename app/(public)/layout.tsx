import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { fontClasses } from "@/components/fonts";
import "../globals.css";

export const metadata: Metadata = {
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
      <body>{children}</body>
    </html>
  );
}
