import type { Metadata } from "next";
import { canBeTried, checkPath, slugOf, tryPath } from "@/components/checks/check-address";
import { Crumbs } from "@/components/checks/crumbs";
import { Glyph } from "@/components/coverage/glyph";
import { TryPanel } from "@/components/try/try-panel";
import { buttonClass } from "@/components/ui/button-class";
import { Code } from "@/components/ui/code";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { checks } from "@/lib/checks/registry";
import { shortCommand } from "@/lib/offline/partial-answer/partial-answer";
import { readCommand, savedFileName } from "@/lib/offline/saved-answers/read-command";
import { savedDocument } from "@/lib/offline/saved-answers/saved-document";
import { savedCalls } from "@/lib/offline/saved-answers/services";
import { findBySlug } from "../find-by-slug";

interface Props {
  readonly params: Promise<{ readonly slug: string }>;
}

export const dynamicParams = false;

export function generateStaticParams() {
  return checks.filter(canBeTried).map((check) => ({ slug: slugOf(check) }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const check = findBySlug((await params).slug);
  const title = `Try: ${check.title}`;
  const description = `Evaluate an AWS account with ${check.id} in your browser: run one read-only command and paste its output. Nothing leaves the page.`;
  return {
    title,
    description,
    alternates: { canonical: tryPath(check) },
    openGraph: { type: "website", title, description, url: tryPath(check), siteName: "Posturio" },
  };
}

/** What the command asks, for the person who is about to paste it. */
const calls = Object.keys(savedCalls);

export default async function TryPage({ params }: Props) {
  const check = findBySlug((await params).slug);
  const [situation] = check.page?.situations ?? [];
  const sample = situation ? savedDocument(situation.facts, situation.context) : undefined;
  return (
    <>
      <Crumbs
        crumbs={[
          { label: "Checks", href: "/checks" },
          { label: check.title, href: checkPath(check) },
          { label: "Try" },
        ]}
      />
      <div className="max-w-[940px]">
        <h1 className="verdict text-title md:text-verdict">Check an account in your browser</h1>
        <p className="mt-2 max-w-[68ch] text-ink-2 md:mt-3 md:text-lead">
          Run one read-only command, paste what it prints, and read the verdict. This page cannot send
          anything anywhere, and your browser enforces that (<Code>connect-src &apos;none&apos;</Code>).
        </p>
        <h2 className="mt-5 text-lead font-semibold">
          <span className="text-brand">1.</span> Run the command in CloudShell
        </h2>
        <div data-code-block className="mt-1">
          <CopyButton label="Copy the command" className="-ms-2" />
          <details id="command" className="inline-block align-top open:block">
            <summary className="tool">Show it</summary>
            <p className="mt-2 mb-3 max-w-[72ch] text-ink-2">
              It runs in any bash with the AWS CLI signed in, changes nothing, takes about a minute, prints
              one JSON document and keeps a copy in <Code>{savedFileName}</Code>. It needs no jq and makes
              only these calls:{" "}
              {calls.map((call, index) => (
                <span key={call}>
                  {index > 0 ? ", " : ""}
                  <Code>{call}</Code>
                </span>
              ))}
              .
            </p>
            <CodeBlock label="Read-only command" parts={[{ text: readCommand }]} maxHeight />
          </details>
        </div>
        <h2 className="mt-4 mb-1 text-lead font-semibold">
          <span className="text-brand">2.</span> Paste or drop what it printed
        </h2>
        <TryPanel checkId={check.id} sample={sample} short={shortCommand(check.id)} />
        {/* The verdict's shapes come with the page: once it has loaded it makes no request. */}
        <span className="sr-only">
          <Glyph name="logged" />
        </span>
        <section aria-labelledby="next" className="mt-14 border-t border-line pt-6">
          <h2 id="next" className="text-section font-semibold">
            Afterwards
          </h2>
          <p className="mt-2 max-w-[68ch] text-ink-2">
            The same file works offline on the command line: <Code>npx posturio try {savedFileName}</Code>. To
            hear when a Region goes dark, connect the account. Nothing from this page is carried over.
          </p>
          <p className="mt-4 flex flex-wrap gap-2">
            <a href="/signup" className={buttonClass("outline")}>
              Keep watching this
            </a>
            <a href={checkPath(check)} className={buttonClass("quiet")}>
              Read about the check
            </a>
          </p>
        </section>
      </div>
    </>
  );
}
