import type { Metadata } from "next";
import { checkPath, slugOf } from "@/components/checks/check-address";
import { CheckArticle } from "@/components/checks/check-article";
import { Crumbs } from "@/components/checks/crumbs";
import { JsonLd } from "@/components/checks/json-ld";
import { structuredData } from "@/components/checks/structured-data";
import { checks } from "@/lib/checks/registry";
import { origin } from "../../origin";
import { findBySlug } from "./find-by-slug";

interface Props {
  readonly params: Promise<{ readonly slug: string }>;
}

export const dynamicParams = false;

export function generateStaticParams() {
  return checks.map((check) => ({ slug: slugOf(check) }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const check = findBySlug((await params).slug);
  const description = check.page?.description ?? check.summary;
  return {
    title: check.title,
    description,
    alternates: { canonical: checkPath(check) },
    openGraph: {
      type: "article",
      title: check.title,
      description,
      url: checkPath(check),
      siteName: "Posturio",
      images: [{ url: `${checkPath(check)}/preview.png`, width: 1200, height: 630, alt: check.summary }],
    },
    twitter: { card: "summary_large_image" },
  };
}

export default async function CheckPage({ params }: Props) {
  const check = findBySlug((await params).slug);
  return (
    <>
      <JsonLd things={structuredData(check, origin())} />
      <Crumbs crumbs={[{ label: "Checks", href: "/checks" }, { label: check.title }]} />
      <CheckArticle check={check} />
    </>
  );
}
