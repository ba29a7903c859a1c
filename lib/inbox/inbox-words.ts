import { z } from "zod";
import { defineWords, type WordOf } from "@/lib/words";

/** What a member is told of. */
export const inboxKinds = defineWords("inbox item", [
  "assigned",
  "mentioned",
  "due",
  "overdue",
  "came_back",
  "account_unreadable",
  "verified",
  "verification_failed",
  "verification_inconclusive",
]);
export type InboxKind = WordOf<typeof inboxKinds>;

/** Why it is this member who is told: they own the finding, watch it, own the account by a rule, or were mentioned. */
export const inboxReasons = defineWords("reason of an inbox item", [
  "owner",
  "watcher",
  "account_rule",
  "mention",
]);
export type InboxReason = WordOf<typeof inboxReasons>;

/** What an item says beyond its kind; strict, so that nothing is kept that no page shows. */
export const inboxDetail = z.strictObject({
  /** Days until it is due, or, of what is overdue, since then. */
  days: z.int().min(0).optional(),
  /** How often it came back. */
  times: z.int().min(1).optional(),
  /** The rule by which somebody owns an account. */
  rule: z.strictObject({ match: z.string(), value: z.string() }).optional(),
  /** Where somebody was mentioned. */
  commentId: z.uuid().optional(),
  /** Whose findings they were before. */
  previousOwnerId: z.uuid().optional(),
});
export type InboxDetail = z.output<typeof inboxDetail>;
