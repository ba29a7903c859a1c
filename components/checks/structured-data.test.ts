import { describe, expect, test } from "vitest";
import { checks } from "@/lib/checks/registry";
import { checkPath, slugOf } from "./check-address";
import { structuredData, type Thing } from "./structured-data";

const origin = "https://posturio.example";
const plain = (text: string) => text.replaceAll("`", "");

describe.for(checks.map((check) => [check.id, check] as const))("structured data of %s", ([, check]) => {
  const things = structuredData(check, origin);
  const of = (type: string) => things.find((thing) => thing["@type"] === type);

  test("every question of the page, with its whole answer and its anchor", () => {
    expect(of("FAQPage")?.mainEntity).toEqual(
      check.content.faqs.map((faq) => ({
        "@type": "Question",
        "@id": `${origin}${checkPath(check)}#${faq.id}`,
        name: plain(faq.question),
        acceptedAnswer: { "@type": "Answer", text: plain(faq.answer) },
      })),
    );
  });

  test("every step of fix and verification, in the order of the page", () => {
    const steps = (of("HowTo")?.step ?? []) as readonly Thing[];
    const passages = check.page ? [...check.page.fix, ...check.page.verification] : [];
    expect(steps.map((step) => [step.name, step.url])).toEqual(
      passages.map((passage) => [plain(passage.title), `${origin}${checkPath(check)}#${passage.id}`]),
    );
  });

  test("the article's dates, description and sources are those of the page", () => {
    const article = of("TechArticle");
    expect(article?.headline).toBe(check.title);
    expect(article?.description).toBe(check.page?.description ?? check.summary);
    expect(article?.datePublished).toBe(check.page?.published);
    expect(article?.dateModified).toBe(check.page?.reviewed);
    expect(article?.citation).toEqual(check.page?.sources.map(({ url }) => url));
  });

  test("the breadcrumb ends at the page", () => {
    const items = of("BreadcrumbList")?.itemListElement as readonly Thing[];
    expect(items.at(-1)?.item).toBe(`${origin}/checks/${slugOf(check)}`);
  });
});

test("no two checks share an address", () => {
  expect(new Set(checks.map(slugOf)).size).toBe(checks.length);
});
