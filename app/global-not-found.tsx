import type { Metadata } from "next";
import { cookies } from "next/headers";
import { connection } from "next/server";
import { fontClasses } from "@/components/fonts";
import { MessagePage } from "@/components/shell/message-page";
import { themeFromCookie } from "@/components/shell/theme";
import { LinkButton } from "@/components/ui/button";
import "./globals.css";

export const metadata: Metadata = { title: "Not found · Posturio", robots: { index: false } };

/** Answers URLs that no page has. It waits for the request, because only then its scripts carry the policy's nonce. */
export default async function GlobalNotFound() {
  await connection();
  const theme = themeFromCookie((await cookies()).get("theme")?.value);
  return (
    <html lang="en" className={fontClasses} {...(theme ? { "data-theme": theme } : {})}>
      <body>
        <MessagePage
          title="There is no such page"
          actions={<LinkButton href="/">Go to the start page</LinkButton>}
        >
          <p>The address may be mistyped, or the page was moved.</p>
        </MessagePage>
      </body>
    </html>
  );
}
