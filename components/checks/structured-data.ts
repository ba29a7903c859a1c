import type { CheckDefinition } from "@/lib/checks/check";
import { checkPath } from "./check-address";

/** A node of schema.org JSON-LD. */
export interface Thing {
  readonly "@type": string;
  readonly [property: string]: unknown;
}

const publisher = { "@type": "Organization", name: "Posturio" } as const;

/** Structured data has no marks for code. */
function plain(text: string): string {
  return text.replaceAll("`", "");
}

/**
 * What the page of a check says, for machines: built from the objects that render the page, so the two cannot
 * disagree. `origin` is the public address of the installation.
 */
export function structuredData(check: CheckDefinition, origin: string): readonly Thing[] {
  const url = `${origin}${checkPath(check)}`;
  const { page, content } = check;
  const things: Thing[] = [
    {
      "@type": "TechArticle",
      "@id": `${url}#article`,
      headline: check.title,
      description: page?.description ?? check.summary,
      mainEntityOfPage: url,
      inLanguage: "en",
      about: check.id,
      author: publisher,
      publisher,
      ...(page === undefined
        ? {}
        : {
            datePublished: page.published,
            dateModified: page.reviewed,
            citation: page.sources.map((source) => source.url),
          }),
    },
    {
      "@type": "BreadcrumbList",
      "@id": `${url}#breadcrumb`,
      itemListElement: [
        { "@type": "ListItem", position: 1, name: "Posturio", item: origin },
        { "@type": "ListItem", position: 2, name: "Checks", item: `${origin}/checks` },
        { "@type": "ListItem", position: 3, name: check.title, item: url },
      ],
    },
    {
      "@type": "FAQPage",
      "@id": `${url}#questions`,
      mainEntity: content.faqs.map((faq) => ({
        "@type": "Question",
        "@id": `${url}#${faq.id}`,
        name: plain(faq.question),
        acceptedAnswer: { "@type": "Answer", text: plain(faq.answer) },
      })),
    },
  ];
  if (page !== undefined) {
    things.push({
      "@type": "HowTo",
      "@id": `${url}#fix`,
      name: `Fix: ${check.title}`,
      step: [...page.fix, ...page.verification].map((passage, index) => ({
        "@type": "HowToStep",
        position: index + 1,
        url: `${url}#${passage.id}`,
        name: plain(passage.title),
        text: plain([...passage.paragraphs, ...(passage.points ?? [])].join(" ")),
      })),
    });
  }
  return things;
}
