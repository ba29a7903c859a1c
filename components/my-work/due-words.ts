import type { WorkItem } from "@/lib/findings/my-work-view";
import { count } from "@/lib/text";

type Due = WorkItem["due"];

const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: "UTC" });
const dayAndMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** From so few days on a due date is near. */
const nearDays = 3;

/** A day of the organization's, which is no moment of the reader's: `9 Dec`. */
export function dayText(day: string): string {
  return dayAndMonth.format(new Date(`${day}T00:00:00Z`));
}

/** When it is due: `2 days over`, `Due today`, `Due tomorrow`, `Friday, 2 days left`, `9 Dec`. */
export function dueText(due: Due): string {
  if (due === null) return "No due date";
  const { day, daysLeft } = due;
  if (daysLeft < 0) return `${count(-daysLeft, "day")} over`;
  if (daysLeft === 0) return "Due today";
  if (daysLeft === 1) return "Due tomorrow";
  if (daysLeft > 7) return dayText(day);
  return `${nearDay(due)}, ${count(daysLeft, "day")} left`;
}

/** How it looks: over, near, or neither. */
export function dueTone(due: Due): "over" | "soon" | undefined {
  if (due === null || due.daysLeft > nearDays) return undefined;
  return due.daysLeft < 0 ? "over" : "soon";
}

/** What waits, in one or two sentences: the head of the page. `hasMore` is whether the items are not all there are. */
export function workSentences(work: {
  readonly toFix: readonly WorkItem[];
  readonly waiting: readonly unknown[];
  readonly hasMore: boolean;
}): readonly string[] {
  const due = work.toFix.flatMap((item) => (item.due === null ? [] : [item.due]));
  const over = due.filter(({ daysLeft }) => daysLeft < 0).length;
  const today = due.filter(({ daysLeft }) => daysLeft === 0).length;
  const week = due.filter(({ daysLeft }) => daysLeft > 0 && daysLeft <= 7);
  const sentences: string[] = [];
  const say = (n: number, what: string) => {
    const noun = sentences.length > 0 ? "more" : n === 1 ? "fix" : "fixes";
    const atLeast = work.hasMore && n === work.toFix.length ? "At least " : "";
    sentences.push(`${atLeast}${n === 1 ? "One" : n} ${noun} ${n === 1 ? "is" : "are"} ${what}.`);
  };
  if (over > 0) say(over, "overdue");
  if (today > 0) say(today, "due today");
  const [first] = week;
  if (week.length === 1 && first && sentences.length < 2) say(1, `due ${nearDay(first)}`);
  else if (week.length > 1 && sentences.length < 2) say(week.length, "due this week");
  if (sentences.length > 0) return sentences;
  if (work.toFix.length > 0) return ["Nothing is due this week."];
  return [work.waiting.length > 0 ? "There is nothing for you to do." : "Nothing is waiting for you."];
}

function nearDay({ day, daysLeft }: NonNullable<Due>): string {
  if (daysLeft === 1) return "tomorrow";
  // Seven days from now is the same weekday as today.
  return daysLeft < 7 ? weekday.format(new Date(`${day}T00:00:00Z`)) : dayText(day);
}
