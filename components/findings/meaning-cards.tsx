import { Card } from "@/components/ui/card";
import { RichText } from "@/components/ui/rich-text";
import type { CheckContent } from "@/lib/checks/check";

/** What the finding means, why it matters, and what people ask about it: the check's own text. */
export function MeaningCards({
  content,
  version,
}: {
  readonly content: CheckContent;
  readonly version: number;
}) {
  const risks = [
    { title: "Security", text: content.risk.security },
    { title: "Operations", text: content.risk.operational },
    { title: "Trust", text: content.risk.trust },
  ];
  return (
    <>
      <Card id="meaning" title="What this means" aside={`Check version ${version}`}>
        <div className="grid max-w-[68ch] gap-3">
          {content.understanding.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </div>
        <dl className="mt-4 grid gap-x-7 gap-y-3 md:grid-cols-3">
          {risks.map((risk) => (
            <div key={risk.title} className="border-t border-line pt-3">
              <dt className="font-semibold">{risk.title}</dt>
              <dd className="mt-1 text-ink-2">{risk.text}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <Card id="questions" title="Frequently asked questions" flush>
        {content.faqs.map((faq) => (
          <details key={faq.question} className="border-b border-line last:border-b-0">
            <summary className="px-4 py-[10px] font-medium hover:text-brand max-md:py-3">
              {faq.question}
            </summary>
            <p className="max-w-[72ch] px-4 pb-4 text-ink-2">
              <RichText>{faq.answer}</RichText>
            </p>
          </details>
        ))}
      </Card>
    </>
  );
}
