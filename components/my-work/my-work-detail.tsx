import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/button";
import { Pagination } from "@/components/ui/pagination";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { MyWork, WorkItem } from "@/lib/findings/my-work-view";
import type { FormAction } from "@/lib/input/form-view";
import { dueText, workSentences } from "./due-words";
import { WorkCard, WorkLine } from "./work-items";

/** Everything that waits for one person, the soonest due first; beside it `children`, their inbox. */
export function MyWorkDetail({
  work,
  root,
  claim,
  pages,
  children,
}: {
  readonly work: MyWork;
  readonly root: string;
  readonly claim: FormAction;
  readonly pages: { readonly firstHref: string | null; readonly nextHref: string | null };
  readonly children: ReactNode;
}) {
  const { toFix, waiting, watched } = work;
  const path = `${root}/findings`;
  const sentences = workSentences({ toFix, waiting, hasMore: work.nextCursor !== null });
  const isFirst = (item: WorkItem) => item === toFix[0];
  const within = (from: number, to: number) =>
    toFix.filter(({ due }) => due !== null && due.daysLeft > from && due.daysLeft <= to);
  const [now, week] = [within(-Infinity, 0), within(0, 7)];
  const later = toFix.filter(({ due }) => due === null || due.daysLeft > 7);
  return (
    <>
      <h1 className="verdict text-verdict max-md:text-[26px] max-md:leading-[31px]">
        {sentences.map((sentence, index) => (
          <span key={sentence} className="max-md:block">
            {index > 0 ? " " : ""}
            {sentence}
          </span>
        ))}
      </h1>
      <div className="my-work">
        <div>
          {toFix.length + waiting.length + watched.length === 0 ? <NothingWaits path={path} /> : null}
          <Cards id="due-now" title="Due now" items={now}>
            {(item) => <WorkCard item={item} path={path} claim={claim} isFirst={isFirst(item)} />}
          </Cards>
          <Cards id="this-week" title="This week" items={week}>
            {(item) => <WorkCard item={item} path={path} claim={claim} isFirst={isFirst(item)} />}
          </Cards>
          {waiting.length > 0 ? (
            <Section
              id="waiting"
              title="Waiting for verification"
              aside={`${waiting.length}, nothing for you to do`}
            >
              <ul className="work-lines">
                {waiting.map((item) => (
                  <WorkLine key={item.key} item={item} path={path}>
                    {item.claimedAt === null ? null : (
                      <>
                        claimed <Time at={item.claimedAt} />
                      </>
                    )}
                  </WorkLine>
                ))}
              </ul>
            </Section>
          ) : null}
          {later.length > 0 ? (
            <Section id="later" title="Later" aside={later.length}>
              <ul className="work-lines">
                {later.map((item) => (
                  <WorkLine key={item.key} item={item} path={path}>
                    {dueText(item.due)}
                  </WorkLine>
                ))}
              </ul>
            </Section>
          ) : null}
          <Pagination label="Pages of your work" {...pages} />
          {watched.length > 0 ? (
            <Section id="watched" title="You watch" aside={watched.length}>
              <ul className="work-lines">
                {watched.map((item) => (
                  <WorkLine key={item.key} item={item} path={path}>
                    {dueText(item.due)}
                  </WorkLine>
                ))}
              </ul>
            </Section>
          ) : null}
        </div>
        {children}
      </div>
    </>
  );
}

function Cards({
  id,
  title,
  items,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly items: readonly WorkItem[];
  readonly children: (item: WorkItem) => ReactNode;
}) {
  if (items.length === 0) return null;
  return (
    <Section id={id} title={title} aside={items.length}>
      {items.map((item) => (
        <div key={item.key}>{children(item)}</div>
      ))}
    </Section>
  );
}

function NothingWaits({ path }: { readonly path: string }) {
  return (
    <div className="mt-4 grid gap-3">
      <p className="max-w-[60ch] text-ink-2">
        No finding is assigned to you. Findings that somebody assigns to you, or that you take yourself, are
        listed here by the day on which they are due.
      </p>
      <div>
        <LinkButton href={path}>See all findings</LinkButton>
      </div>
    </div>
  );
}
