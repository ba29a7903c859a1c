import { comebackWords } from "@/components/findings/comeback-words";
import { environmentLabels, environments } from "@/lib/accounts/account-states";
import type { InboxItem } from "@/lib/inbox/inbox-view";
import { count } from "@/lib/text";

/** What happened to many at once is one line: of one kind, by one person, for one reason, within a quarter of an hour. */
const oneStormMs = 15 * 60_000;

/** One line of an inbox, which stands for one item or a storm of them. */
export interface InboxLine {
  readonly ids: readonly string[];
  readonly isRead: boolean;
  readonly at: string;
  /** What it is about, set in bold, and what became of that. */
  readonly subject: string;
  readonly text: string;
  /** Why it is this person who was told. */
  readonly why: string;
  /** Below the organization's address; null when it is about many. */
  readonly path: string | null;
}

/** The lines of an inbox, from items that come latest first. */
export function inboxLines(items: readonly InboxItem[]): InboxLine[] {
  const storms: InboxItem[][] = [];
  for (const item of items) {
    const storm = storms.at(-1);
    const latest = storm?.[0];
    if (storm && latest && isOfStorm(latest, item)) storm.push(item);
    else storms.push([item]);
  }
  return storms.flatMap((storm) => lineOf(storm) ?? []);
}

/** A mention is a question to one person about one finding: each has its own line. */
function isOfStorm(latest: InboxItem, item: InboxItem): boolean {
  return (
    item.kind !== "mentioned" &&
    item.kind === latest.kind &&
    item.because === latest.because &&
    item.isRead === latest.isRead &&
    item.actor?.id === latest.actor?.id &&
    item.previousOwner?.id === latest.previousOwner?.id &&
    Date.parse(latest.at) - Date.parse(item.at) <= oneStormMs
  );
}

function lineOf(storm: readonly InboxItem[]): InboxLine | null {
  const [item] = storm;
  if (item === undefined) return null;
  const many = storm.reduce((sum, { count: own }) => sum + own, 0);
  const isMany = many > 1 || (item.finding === null && item.account === null);
  const thing = item.kind === "account_unreadable" ? "account" : "finding";
  return {
    ids: storm.map(({ id }) => id),
    isRead: item.isRead,
    at: item.at,
    ...whatOf(item, isMany ? { subject: count(many, thing), isOne: many === 1 } : null),
    why: whyOf(item, isMany),
    path: isMany ? null : pathOf(item),
  };
}

function whatOf(item: InboxItem, many: { subject: string; isOne: boolean } | null) {
  const subject = many?.subject ?? item.account?.name ?? item.finding?.key ?? "";
  const isOne = many === null || many.isOne;
  const [is, was] = isOne ? ["is", "was"] : ["are", "were"];
  switch (item.kind) {
    case "assigned":
      return { subject, text: `${was} assigned to you` };
    case "mentioned":
      return {
        subject: item.actor?.name ?? "Somebody",
        text: `mentioned you on ${item.finding?.key ?? "a finding"}`,
      };
    case "due":
      return {
        subject,
        text: item.days === 0 ? `${is} due today` : `${is} due in ${count(item.days ?? 0, "day")}`,
      };
    case "overdue":
      return {
        subject,
        text: many || (item.days ?? 1) <= 1 ? `${is} overdue` : `is ${count(item.days ?? 0, "day")} overdue`,
      };
    case "came_back":
      return { subject, text: `came back${many ? "" : comebackWords(item.times ?? 1)}` };
    case "account_unreadable":
      return { subject, text: "cannot be read" };
    case "verified":
      return { subject, text: `${is} verified: the fix is proven` };
    case "verification_failed":
      return { subject, text: `${is} not fixed: the proof failed` };
    case "verification_inconclusive":
      return { subject, text: "could not be proven yet" };
  }
}

function whyOf(item: InboxItem, isMany: boolean): string {
  if (item.previousOwner) return `${item.previousOwner.name ?? "Their owner"} left, and you take over`;
  const by = item.kind === "assigned" && item.actor?.name ? `, assigned by ${item.actor.name}` : "";
  switch (item.because) {
    case "owner":
      if (item.kind === "account_unreadable")
        return isMany ? "You own findings of them" : "You own a finding of it";
      return `You own ${isMany ? "these findings" : "this finding"}${by}`;
    case "watcher":
      return `You watch ${isMany ? "these findings" : "this finding"}`;
    case "account_rule":
      return ruleText(item.rule, isMany);
    case "mention":
      return item.account
        ? `You were mentioned in a comment on ${item.account.name}`
        : "You were mentioned in a comment";
  }
}

function ruleText(rule: InboxItem["rule"], isMany: boolean): string {
  if (rule?.match === "environment") {
    const environment = environments.parseOrNull(rule.value);
    const name = environment === null ? rule.value : environmentLabels[environment].toLowerCase();
    return `You own ${name} accounts by rule`;
  }
  if (rule?.match === "label") return `You own accounts labeled ${rule.value} by rule`;
  return `You own ${isMany ? "these accounts" : "this account"} by rule`;
}

function pathOf({ finding, account, commentId }: InboxItem): string | null {
  if (finding) return `findings/${finding.key}${commentId === null ? "" : `#comment-${commentId}`}`;
  return account ? `accounts/${account.id}` : null;
}
