/** Words that would read as a page of the product, or as us. */
const reserved = new Set([
  "about",
  "account",
  "admin",
  "administrator",
  "api",
  "app",
  "auth",
  "billing",
  "checks",
  "demo",
  "docs",
  "edit",
  "health",
  "help",
  "invite",
  "login",
  "logout",
  "me",
  "new",
  "null",
  "o",
  "org",
  "organization",
  "posturio",
  "pricing",
  "privacy",
  "public",
  "reset",
  "root",
  "security",
  "settings",
  "share",
  "signup",
  "static",
  "status",
  "support",
  "system",
  "terms",
  "undefined",
  "welcome",
  "www",
]);

/** `Acme GmbH & Co.` → `acme-gmbh-co`: lower case letters, digits and single hyphens, 2 to 40 characters. */
export function slugFrom(name: string): string {
  const slug = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
  if (slug.length < 2) return "organization-1";
  return reserved.has(slug) ? `${slug}-1` : slug;
}

/** The n-th try for a taken slug: `acme`, `acme-2`, `acme-3`. */
export function slugTry(slug: string, attempt: number): string {
  return attempt === 1 ? slug : `${slug.slice(0, 36)}-${attempt}`;
}
