"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { commentForm } from "@/lib/findings/comments/comment-input";
import { postComment } from "@/lib/findings/comments/post-comment";
import { action } from "@/lib/http/action";
import { listPossibleOwners } from "@/lib/members/possible-owners";

export const comment = action(
  { permission: "comment.write", input: commentForm },
  async (ctx, { id, ...said }) => {
    await postComment(ctx, said, id);
    revalidatePath(`/o/${ctx.slug}/findings/${said.key}`);
  },
);

/** Whom a comment can mention: those who can own a finding can read its comments too. */
export const readPeople = action({ permission: "comment.write", input: z.strictObject({}) }, (ctx) =>
  listPossibleOwners(ctx),
);
