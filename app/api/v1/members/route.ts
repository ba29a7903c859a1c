import { serve } from "@/app/api/v1/operation";
import { listMembers } from "@/app/api/v1/operations";
import { listMemberNames } from "@/lib/members/list-member-names";

export const GET = serve(listMembers, async ({ ctx, query }) => {
  const { members, nextCursor } = await listMemberNames(ctx, query);
  return { data: members, nextCursor };
});
