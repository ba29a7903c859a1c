import { describe, expect, test } from "vitest";
import type { InboxItem } from "@/lib/inbox/inbox-view";
import { inboxLines } from "./inbox-lines";

const noon = Date.UTC(2026, 10, 26, 12);
const mina = { id: "mina", name: "Mina" };

function item(minutesAgo: number, more: Partial<InboxItem> = {}): InboxItem {
  return {
    id: `item-${minutesAgo}`,
    kind: "came_back",
    because: "owner",
    at: new Date(noon - minutesAgo * 60_000).toISOString(),
    isRead: false,
    actor: null,
    previousOwner: null,
    count: 1,
    days: null,
    times: 1,
    rule: null,
    commentId: null,
    finding: { key: "PST-7", checkId: "cloudtrail.not_multi_region" },
    account: { id: "account", name: "acme-prod" },
    ...more,
  };
}

const said = (...items: InboxItem[]) =>
  inboxLines(items).map(({ subject, text, why, path }) => [`${subject} ${text}`, why, path]);

test.each<[Partial<InboxItem>, string, string, string | null]>([
  [
    { kind: "assigned", actor: mina },
    "acme-prod was assigned to you",
    "You own this finding, assigned by Mina",
    "findings/PST-7",
  ],
  [
    { kind: "assigned", count: 12, finding: null, account: null, previousOwner: mina },
    "12 findings were assigned to you",
    "Mina left, and you take over",
    null,
  ],
  [
    { kind: "mentioned", because: "mention", actor: mina, commentId: "c" },
    "Mina mentioned you on PST-7",
    "You were mentioned in a comment on acme-prod",
    "findings/PST-7#comment-c",
  ],
  [{ kind: "due", days: 7 }, "acme-prod is due in 7 days", "You own this finding", "findings/PST-7"],
  [{ kind: "due", days: 0 }, "acme-prod is due today", "You own this finding", "findings/PST-7"],
  [{ kind: "overdue", days: 1 }, "acme-prod is overdue", "You own this finding", "findings/PST-7"],
  [{ kind: "overdue", days: 8 }, "acme-prod is 8 days overdue", "You own this finding", "findings/PST-7"],
  [
    { because: "watcher", times: 2 },
    "acme-prod came back, 2nd time",
    "You watch this finding",
    "findings/PST-7",
  ],
  [
    { kind: "verified" },
    "acme-prod is verified: the fix is proven",
    "You own this finding",
    "findings/PST-7",
  ],
  [
    { kind: "verification_failed", because: "watcher" },
    "acme-prod is not fixed: the proof failed",
    "You watch this finding",
    "findings/PST-7",
  ],
  [
    { kind: "verification_inconclusive" },
    "acme-prod could not be proven yet",
    "You own this finding",
    "findings/PST-7",
  ],
  [
    { kind: "account_unreadable", finding: null },
    "acme-prod cannot be read",
    "You own a finding of it",
    "accounts/account",
  ],
  [
    {
      kind: "account_unreadable",
      because: "account_rule",
      rule: { match: "environment", value: "production" },
      finding: null,
    },
    "acme-prod cannot be read",
    "You own production accounts by rule",
    "accounts/account",
  ],
])("%j reads as a sentence with its reason", (more, text, why, path) => {
  expect(said(item(0, more))).toEqual([[text, why, path]]);
});

describe("a storm", () => {
  test("of one cause within a quarter of an hour is one line that stands for all of it", () => {
    const [line, ...rest] = inboxLines([0, 5, 14].map((minutes) => item(minutes)));
    expect(rest).toEqual([]);
    expect(line).toMatchObject({
      ids: ["item-0", "item-5", "item-14"],
      subject: "3 findings",
      text: "came back",
      why: "You own these findings",
      path: null,
    });
  });

  test("does not swallow what came for another reason, from another person, later, or was read", () => {
    expect(
      inboxLines([
        item(0),
        item(1, { because: "watcher" }),
        item(2, { kind: "assigned", actor: mina }),
        item(3, { kind: "assigned" }),
        item(4, { isRead: true }),
        item(20, { isRead: true }),
        item(21, { kind: "mentioned", because: "mention", actor: mina }),
        item(22, { kind: "mentioned", because: "mention", actor: mina }),
      ]),
    ).toHaveLength(8);
  });
});
