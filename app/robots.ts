import type { MetadataRoute } from "next";
import { origin } from "./(public)/origin";

/** Public pages are for everyone; links that carry a secret and pages behind the sign-in are for nobody. */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: { userAgent: "*", allow: "/", disallow: ["/o/", "/api/", "/invite/", "/reset/", "/account"] },
    sitemap: `${origin()}/sitemap.xml`,
  };
}
