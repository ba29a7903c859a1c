import type { MetadataRoute } from "next";
import { canBeTried, checkPath, tryPath } from "@/components/checks/check-address";
import { checks } from "@/lib/checks/registry";
import { origin } from "./(public)/origin";

/** Every public page; what needs a sign-in is not for search engines. */
export default function sitemap(): MetadataRoute.Sitemap {
  return [
    { url: `${origin()}/` },
    { url: `${origin()}/checks` },
    ...checks.flatMap((check) => [
      {
        url: `${origin()}${checkPath(check)}`,
        ...(check.page ? { lastModified: check.page.reviewed } : {}),
      },
      ...(canBeTried(check) ? [{ url: `${origin()}${tryPath(check)}` }] : []),
    ]),
  ];
}
