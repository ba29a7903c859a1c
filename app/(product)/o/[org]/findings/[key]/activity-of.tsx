import type { ActivityView } from "@/components/findings/activity/activity";
import { CommentBox } from "@/components/findings/activity/comment-box";
import type { FindingView } from "@/lib/findings/finding-view";
import { longestComment, type TimelineFilter } from "@/lib/findings/timeline-states";
import { may } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { comment, readPeople } from "./comments";

/**
 * The activity as the address asks for it, with a box for a comment for who may write one, where comments are shown.
 */
export function activityOf(
  ctx: TenantContext,
  finding: FindingView,
  filter: TimelineFilter,
  search: Readonly<Record<string, string | string[] | undefined>>,
): ActivityView {
  const { principal, slug, tenantId } = ctx;
  const hasComments = filter === "all" || filter === "people";
  return {
    filter,
    hrefOf: (other) => hrefOf(search, other),
    box:
      hasComments && principal.type === "user" && may(ctx, "comment.write") ? (
        <CommentBox
          key={finding.id}
          finding={finding.key ?? finding.id}
          post={comment.bind(null, slug)}
          readPeople={readPeople.bind(null, slug)}
          draftKey={["posturio-draft", tenantId, finding.id, principal.userId].join(":")}
          longest={longestComment}
        />
      ) : null,
  };
}

/** The same address with another filter. */
function hrefOf(
  search: Readonly<Record<string, string | string[] | undefined>>,
  filter: TimelineFilter,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (name === "activity" || value === undefined) continue;
    for (const one of [value].flat()) query.append(name, one);
  }
  if (filter !== "all") query.set("activity", filter);
  return `?${query}#activity`;
}
