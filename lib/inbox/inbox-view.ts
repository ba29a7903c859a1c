import type { InboxKind, InboxReason } from "./inbox-words";

interface Person {
  readonly id: string;
  /** Null once nobody knows it any more. */
  readonly name: string | null;
}

/** One thing that a member was told of. */
export interface InboxItem {
  readonly id: string;
  readonly kind: InboxKind;
  /** Why it is this member who was told. */
  readonly because: InboxReason;
  readonly at: string;
  readonly isRead: boolean;
  /** Who did it; null when nobody did: a scan found it, a day came, or a token acted. */
  readonly actor: Person | null;
  /** Of findings that somebody left behind: who. */
  readonly previousOwner: Person | null;
  /** How many findings it is about. */
  readonly count: number;
  /** Days until it is due, or since then. */
  readonly days: number | null;
  /** How often it had come back. */
  readonly times: number | null;
  readonly rule: { readonly match: string; readonly value: string } | null;
  readonly commentId: string | null;
  readonly finding: { readonly key: string; readonly checkId: string } | null;
  readonly account: { readonly id: string; readonly name: string } | null;
}

/** Beyond this the page says "99+": nobody counts further. */
export const mostUnread = 99;

export interface InboxList {
  readonly items: readonly InboxItem[];
  /** At most one more than `mostUnread`. */
  readonly unread: number;
  readonly nextCursor: string | null;
}
