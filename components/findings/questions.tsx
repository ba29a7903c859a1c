import { checkPath } from "@/components/checks/check-address";
import { RichText } from "@/components/ui/rich-text";
import { Section } from "@/components/ui/section";
import type { CheckDefinition } from "@/lib/checks/check";

/** Answers begin with what matters; the rest of them is on the check's own page. */
const enough = 150;
const answered = 2;

/** The questions that come first, in short; all of them, and the risk, are the same for every finding. */
export function QuestionsSection({
  check,
  isBrief,
}: {
  readonly check: CheckDefinition;
  /** Only where they are answered: the page says more important things. */
  readonly isBrief: boolean;
}) {
  const path = checkPath(check);
  const { faqs } = check.content;
  return (
    <Section
      id="questions"
      title="Questions"
      aside={
        <>
          {faqs.length > answered ? (
            <>
              <a href={`${path}#questions`} className="link">
                All {faqs.length} questions
              </a>
              {" · "}
            </>
          ) : null}
          <a href={`${path}#risk`} className="link">
            The risk
          </a>
          {" · "}
          <a href={path} className="link">
            About this check
          </a>
        </>
      }
    >
      {isBrief ? null : (
        <div className="mt-3 grid gap-x-10 gap-y-4 md:grid-cols-2">
          {faqs.slice(0, answered).map(({ id, question, answer }) => (
            <div key={id}>
              <h3 className="mb-1 text-small font-semibold">{question}</h3>
              <p className="text-small text-ink-2">
                <RichText>{beginning(answer)}</RichText>
              </p>
            </div>
          ))}
        </div>
      )}
    </Section>
  );
}

/** Whole sentences, as many as say enough. */
function beginning(answer: string): string {
  const end = answer.indexOf(". ", enough);
  return end === -1 ? answer : answer.slice(0, end + 1);
}
