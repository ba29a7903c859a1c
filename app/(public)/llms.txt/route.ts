import { canBeTried, checkPath, tryPath } from "@/components/checks/check-address";
import { checks } from "@/lib/checks/registry";
import { origin } from "../origin";

export const dynamic = "force-static";

/** Where to find what, in Markdown, for language models. Rendered from the checks' own content. */
export function GET(): Response {
  const lines = [
    "# Posturio",
    "",
    "> Reads the configuration of AWS accounts with a read-only role, says which Regions CloudTrail does not log, and shows the one change that fixes it.",
    "",
    "## Checks",
    "",
    ...checks.map(
      (check) =>
        `- [${check.title}](${origin()}${checkPath(check)}): ${check.page?.description ?? check.summary}`,
    ),
    "",
    "## Tools",
    "",
    ...checks
      .filter(canBeTried)
      .map(
        (check) =>
          `- [Try ${check.id} on saved AWS answers](${origin()}${tryPath(check)}): evaluated in the browser; nothing is sent.`,
      ),
    ...checks.flatMap((check) => [
      "",
      `## ${check.title}: questions`,
      ...check.content.faqs.flatMap((faq) => ["", `### ${faq.question}`, "", faq.answer]),
    ]),
  ];
  return new Response(`${lines.join("\n")}\n`, { headers: { "content-type": "text/plain; charset=utf-8" } });
}
