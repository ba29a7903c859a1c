import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ImageResponse } from "next/og";
import { slugOf } from "@/components/checks/check-address";
import { PreviewImage } from "@/components/checks/preview-image";
import { checks } from "@/lib/checks/registry";
import { findBySlug } from "../find-by-slug";

export const dynamic = "force-static";
export const dynamicParams = false;

export function generateStaticParams() {
  return checks.map((check) => ({ slug: slugOf(check) }));
}

/** Drawn once, when the site is built: nothing of it runs on a server. */
export async function GET(
  _request: Request,
  { params }: { readonly params: Promise<{ readonly slug: string }> },
) {
  const check = findBySlug((await params).slug);
  const [situation] = check.page?.situations ?? [];
  const evaluation = situation && check.evaluate(situation.facts, situation.context);
  const sentence =
    situation && evaluation
      ? check.describe(evaluation, situation.facts, situation.context).sentence
      : [{ text: check.summary }];
  const font = join(
    process.cwd(),
    "node_modules/@fontsource/newsreader/files/newsreader-latin-500-normal.woff",
  );
  return new ImageResponse(
    <PreviewImage title={check.title} regions={evaluation?.regions ?? []} sentence={sentence} />,
    { width: 1200, height: 630, fonts: [{ name: "Newsreader", data: await readFile(font), weight: 500 }] },
  );
}
