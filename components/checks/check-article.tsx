import { Severity } from "@/components/findings/severity";
import { buttonClass } from "@/components/ui/button-class";
import { Code } from "@/components/ui/code";
import { RichText } from "@/components/ui/rich-text";
import type { CheckDefinition } from "@/lib/checks/check";
import { canBeTried, tryPath } from "./check-address";
import { DateOf, FrameworkTable, History, Metadata, PeerTable, Questions, SourceList } from "./check-tables";
import { contentsOf } from "./contents";
import { CoverageFigure } from "./coverage-figure";
import { Paragraphs, PassageView, Section, Snippet } from "./prose";
import { Situations } from "./situations";

/** The whole public page of a check, from its content. A check without a `page` shows what every check has. */
export function CheckArticle({ check }: { readonly check: CheckDefinition }) {
  const { page, content } = check;
  return (
    <div className="gap-x-14 xl:grid xl:grid-cols-[minmax(0,1fr)_232px]">
      <article className="min-w-0 max-w-[820px]">
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-small text-ink-3">
          <Code>{check.id}</Code>
          <Severity value={check.baseSeverity} />
          {page ? (
            <span>
              Last reviewed <DateOf date={page.reviewed} />
            </span>
          ) : null}
        </p>
        <h1 className="verdict mt-3 text-verdict md:text-landing">{check.title}</h1>
        <p className="mt-5 max-w-[64ch] text-prose text-ink">{page?.verdict ?? check.summary}</p>
        <p className="mt-6 flex flex-wrap gap-2">
          {canBeTried(check) ? (
            <a href={tryPath(check)} className={buttonClass("primary")}>
              Check an account without signing up
            </a>
          ) : null}
          <a href="/signup" className={buttonClass(canBeTried(check) ? "outline" : "primary")}>
            Connect an AWS account
          </a>
        </p>
        <nav aria-label="On this page" className="mt-8 border-y border-line py-4 xl:hidden">
          <Contents check={check} columns />
        </nav>
        <Example check={check} />
        {page ? (
          <Section id="am-i-affected" title="Am I affected?">
            <Paragraphs texts={page.affected.paragraphs} />
            {page.affected.snippets.map((snippet) => (
              <Snippet key={snippet.label} snippet={snippet} />
            ))}
            {canBeTried(check) ? (
              <p className="mt-5">
                <a href={tryPath(check)} className={buttonClass("outline")}>
                  Check a whole account in your browser
                </a>
              </p>
            ) : null}
          </Section>
        ) : null}
        <Section id="metadata" title="Check metadata">
          <Metadata rows={metadataOf(check)} />
        </Section>
        <Section id="meaning" title="What it means in operations">
          <Paragraphs texts={content.understanding} />
          {page?.operations.map((passage) => (
            <PassageView key={passage.id} passage={passage} />
          ))}
        </Section>
        <Section id="risk" title="Risk">
          <dl className="mt-4 grid gap-6 md:grid-cols-3">
            {[
              { term: "Security", text: content.risk.security },
              { term: "Operations", text: content.risk.operational },
              { term: "Trust", text: content.risk.trust },
            ].map(({ term, text }) => (
              <div key={term} className="border-t-2 border-ink pt-3">
                <dt className="text-lead font-semibold">{term}</dt>
                <dd className="mt-2 text-[15px] leading-[23px] text-ink-2">
                  <RichText>{text}</RichText>
                </dd>
              </div>
            ))}
          </dl>
        </Section>
        {page ? (
          <>
            <Section id="fix" title="Fix it, step by step">
              {page.fix.map((passage, index) => (
                <div key={passage.id}>
                  <PassageView passage={passage} number={index + 1} />
                  {index === 0 ? <Situations check={check} situations={page.situations} /> : null}
                </div>
              ))}
            </Section>
            <Section id="verification" title="Verify that it is closed">
              {page.verification.map((passage) => (
                <PassageView key={passage.id} passage={passage} />
              ))}
            </Section>
          </>
        ) : null}
        <Section id="questions" title="Frequently asked questions">
          <Questions faqs={content.faqs} />
        </Section>
        <Section id="frameworks" title="What it supports">
          <Paragraphs
            texts={[
              "A passing check supports these criteria and controls with evidence. It satisfies none of them alone; that judgement is your auditor's.",
            ]}
          />
          <FrameworkTable frameworks={check.frameworks} />
        </Section>
        {page ? (
          <>
            <Section id="other-tools" title="How the verdict differs from other tools">
              <Paragraphs texts={page.peers.paragraphs} />
              <PeerTable rows={page.peers.rows} />
            </Section>
            <Section id="sources" title="Sources">
              <SourceList sources={page.sources} />
            </Section>
            <Section id="history" title="Page history">
              <History entries={page.history} />
            </Section>
          </>
        ) : null}
      </article>
      <nav aria-label="Contents" className="hidden xl:block">
        <div className="sticky top-6 border-s border-line ps-5">
          <p className="mb-2 text-small font-semibold">On this page</p>
          <Contents check={check} />
        </div>
      </nav>
    </div>
  );
}

function Contents({
  check,
  columns = false,
}: {
  readonly check: CheckDefinition;
  readonly columns?: boolean;
}) {
  return (
    <ul className={columns ? "columns-2 gap-x-6 text-body" : "grid text-small"}>
      {contentsOf(check).map(({ id, title }) => (
        <li key={id}>
          <a
            href={`#${id}`}
            className="block py-[5px] text-ink-2 no-underline hover:text-brand hover:underline"
          >
            {title}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Example({ check }: { readonly check: CheckDefinition }) {
  const [situation] = check.page?.situations ?? [];
  if (situation === undefined || !check.hasRegionVerdicts) return null;
  const evaluation = check.evaluate(situation.facts, situation.context);
  const { sentence } = check.describe(evaluation, situation.facts, situation.context);
  return (
    <div className="mt-10">
      <CoverageFigure
        regions={evaluation.regions}
        sentence={sentence}
        caption="An example account, evaluated by this check when this page was built."
      />
    </div>
  );
}

function metadataOf(check: CheckDefinition) {
  return [
    { term: "Check", text: <Code>{check.id}</Code> },
    { term: "Category", text: check.category },
    { term: "Service", text: <Code>{check.service}</Code> },
    {
      term: "Severity",
      text: (
        <>
          <Severity value={check.baseSeverity} />
          <span className="mt-1 block font-normal text-ink-2">
            The severity of a finding is graded from its facts, and the finding says why.
          </span>
        </>
      ),
    },
    { term: "Asks for", text: check.summary },
    {
      term: "Evaluated per",
      text: check.hasRegionVerdicts ? "AWS account, with every enabled Region listed inside" : "AWS account",
    },
    {
      term: "Supports",
      text: [...new Set(check.frameworks.map(({ framework }) => framework))].join(", "),
    },
    { term: "Rules version", text: String(check.version) },
  ];
}
