import { Markdown } from "@/components/ui/markdown/markdown";
import { mentionPattern } from "@/lib/findings/timeline-states";
import type { PersonRef } from "@/lib/findings/triage-view";
import { personName } from "./activity-words";

/** What somebody wrote, the members in it by their names. */
export function CommentText({
  body,
  mentions,
}: {
  readonly body: string;
  readonly mentions: readonly PersonRef[];
}) {
  const people = new Map(mentions.map((person) => [person.id, person]));
  return (
    <Markdown
      text={body}
      textOf={(text) =>
        // Every second part is an id. Whoever was no member stays the text that was typed.
        text.split(mentionPattern).map((part, index) => {
          if (index % 2 === 0) return part;
          const person = people.get(part);
          // biome-ignore lint/suspicious/noArrayIndexKey: a text that was written never changes
          return person ? <b key={index}>@{personName(person)}</b> : `@{${part}}`;
        })
      }
    />
  );
}
