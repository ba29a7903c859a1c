import { z } from "zod";
import { longestComment, mentionPattern, mostMentions } from "@/lib/findings/timeline-states";

/**
 * What could not be seen, or would show other text than there is: control characters other than tab and line break, and
 * those that turn the direction of writing.
 */
const unseen = /[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]/gu;

const body = z
  .string()
  .max(longestComment, `Use at most ${longestComment.toLocaleString("en-US")} characters.`)
  .transform((text) => text.replace(/\r\n?/g, "\n").normalize("NFC").replace(unseen, "").trim())
  .pipe(z.string().min(1, "Write something first."))
  .refine(
    (text) => text.length <= longestComment,
    `Use at most ${longestComment.toLocaleString("en-US")} characters.`,
  )
  .refine((text) => mentionedIn(text).length <= mostMentions, `Mention at most ${mostMentions} people.`)
  .describe("Markdown: paragraphs, bold, italic, code, lists and links. `@{id}` mentions a member");

/** What somebody says about a finding. */
export const newComment = z.strictObject({
  key: z.string().max(100),
  body,
});

/** The same from the finding's page, which names the comment: sent twice it is posted once. */
export const commentForm = newComment.extend({ id: z.uuid().optional() });

/** The ids that a text mentions, each once, in its order. */
export function mentionedIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(mentionPattern)].map(([, id]) => id ?? ""))];
}
