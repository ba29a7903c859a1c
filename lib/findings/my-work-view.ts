import type { Environment } from "@/lib/accounts/account-states";
import type { SentencePart } from "@/lib/checks/description";
import type { CommandPart } from "@/lib/checks/suggested-change";
import type { InboxList } from "@/lib/inbox/inbox-view";
import type { FindingStatus, Observation } from "./lifecycle/states";

/** A finding as the person sees it who has to fix it. */
export interface WorkItem {
  /** Its key; its id while it has none. */
  readonly key: string;
  readonly version: number;
  readonly status: FindingStatus;
  readonly observation: Observation;
  readonly observationSince: string;
  readonly accountName: string;
  readonly environment: Environment;
  readonly checkTitle: string;
  /** The verdict for lists: `11 of 17 not logged`. */
  readonly short: string;
  /** The day at whose end it is due, where the organization is, and how far off that is; null for none. */
  readonly due: { readonly day: string; readonly daysLeft: number } | null;
  /** Since when somebody claims it fixed. */
  readonly claimedAt: string | null;
  /** It can be claimed fixed without a word more. */
  readonly mayClaim: boolean;
  /** The verdict in full and the command that repairs it; only of the first few. */
  readonly fix: {
    readonly sentence: readonly SentencePart[];
    readonly command: readonly CommandPart[] | null;
  } | null;
}

/** Everything that waits for one person. */
export interface MyWork {
  /** What is overdue or due today, then what is due within seven days, then the rest: a page of them in this order. */
  readonly toFix: readonly WorkItem[];
  readonly nextCursor: string | null;
  /** Claimed fixed: nothing to do. On the first page only. */
  readonly waiting: readonly WorkItem[];
  /** Watched, and owned by somebody else or nobody. On the first page only. */
  readonly watched: readonly WorkItem[];
  readonly inbox: InboxList;
}
