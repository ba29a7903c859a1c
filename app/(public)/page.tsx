import type { Metadata } from "next";
import { canBeTried, checkPath, tryPath } from "@/components/checks/check-address";
import { Hero } from "@/components/landing/hero";
import { Permissions } from "@/components/landing/permissions";
import { Story } from "@/components/landing/story";
import { beforeAndAfter } from "@/components/landing/worlds";
import { requestedPermissions } from "@/lib/accounts/requested-permissions";
import { checks } from "@/lib/checks/registry";

const description =
  "Posturio finds the AWS Regions that CloudTrail does not log, shows the one change that fixes it, then scans every Region again.";

export const metadata: Metadata = {
  title: { absolute: "Posturio: know every Region no one is watching" },
  description,
  alternates: { canonical: "/" },
  openGraph: {
    type: "website",
    title: "Know every Region no one is watching",
    description,
    url: "/",
    siteName: "Posturio",
    ...(checks[0]
      ? {
          images: [
            { url: `${checkPath(checks[0])}/preview.png`, width: 1200, height: 630, alt: checks[0].summary },
          ],
        }
      : {}),
  },
  twitter: { card: "summary_large_image" },
};

export default function LandingPage() {
  const [check] = checks;
  const worlds = check ? beforeAndAfter(check) : null;
  const tryable = checks.find(canBeTried);
  return (
    <>
      <Hero tryHref={tryable ? tryPath(tryable) : "/checks"} world={worlds?.before ?? null} />
      {worlds ? <Story {...worlds} /> : null}
      {check ? (
        <p className="mt-12 max-w-[64ch] text-lead text-ink-2">
          The maps show an example account, evaluated by the real check.{" "}
          <a href={checkPath(check)} className="link">
            What the check asks, and why
          </a>
        </p>
      ) : null}
      <Permissions permissions={requestedPermissions()} />
    </>
  );
}
