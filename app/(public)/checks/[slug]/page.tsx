import type { Metadata } from "next";
import { checkPath, slugOf } from "@/components/checks/check-address";
import { Crumbs } from "@/components/checks/crumbs";
import { StaticArticle } from "@/components/checks/static-article";
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
      <Crumbs crumbs={[{ label: "Checks", href: "/checks" }, { label: check.title }]} />
      <StaticArticle checkId={check.id} origin={origin()} />
    </>
  );
}
