import type { Thing } from "./structured-data";

/** Structured data as a data block: browsers run none of it, and no text in it can end the element. */
export function JsonLd({ things }: { readonly things: readonly Thing[] }) {
  const json = JSON.stringify({ "@context": "https://schema.org", "@graph": things });
  return (
    <script
      type="application/ld+json"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: React would escape the quotes; < is escaped here
      dangerouslySetInnerHTML={{ __html: json.replaceAll("<", "\\u003c") }}
    />
  );
}
