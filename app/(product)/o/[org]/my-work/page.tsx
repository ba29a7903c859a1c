import type { Metadata } from "next";
import { unstable_rethrow } from "next/navigation";
import { cache } from "react";
import { InboxList } from "@/components/my-work/inbox-list";
import { MyWorkDetail } from "@/components/my-work/my-work-detail";
import { getMyWork } from "@/lib/findings/my-work/get-my-work";
import { pageTenant } from "@/lib/http/page";
import { orUnavailable } from "../../../or-unavailable";
import { orNotFound } from "../or-not-found";
import { claim, readAll, readItems } from "./actions";

interface Props {
  readonly params: Promise<{ readonly org: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** Read once for the page and what the browser says of it. */
const readWork = cache(async (org: string, cursor: string | undefined, inbox: string | undefined) => {
  const ctx = await pageTenant(org, "organization.view");
  return { ctx, work: await getMyWork(ctx, { cursor, inbox }) };
});

async function asked({ params, searchParams }: Props) {
  const [{ org }, { cursor, inbox }] = await Promise.all([params, searchParams]);
  const one = (value: string | string[] | undefined) => (typeof value === "string" ? value : undefined);
  return { org, cursor: one(cursor), inbox: one(inbox) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { org, cursor, inbox } = await asked(props);
  try {
    const { work } = await readWork(org, cursor, inbox);
    const over = work.toFix.filter(({ due }) => due !== null && due.daysLeft < 0).length;
    return { title: over > 0 ? `${over} overdue · My work` : "My work" };
  } catch (thrown) {
    unstable_rethrow(thrown);
    // The page itself says what is wrong.
    return { title: "My work" };
  }
}

export default orUnavailable(MyWorkPage);

async function MyWorkPage(props: Props) {
  const { org, cursor, inbox } = await asked(props);
  const { ctx, work } = await orNotFound(readWork(org, cursor, inbox));
  const root = `/o/${ctx.slug}`;
  const path = `${root}/my-work`;
  return (
    <MyWorkDetail
      work={work}
      root={root}
      claim={claim.bind(null, ctx.slug)}
      pages={{
        firstHref: cursor === undefined ? null : path,
        nextHref: work.nextCursor === null ? null : `${path}?cursor=${work.nextCursor}`,
      }}
    >
      <InboxList
        inbox={work.inbox}
        root={root}
        markRead={readItems.bind(null, ctx.slug)}
        markAllRead={readAll.bind(null, ctx.slug)}
        newest={inbox === undefined ? null : `${path}#inbox`}
        older={work.inbox.nextCursor === null ? null : `${path}?inbox=${work.inbox.nextCursor}#inbox`}
      />
    </MyWorkDetail>
  );
}
