import type { FindingEventKind, FindingStatus } from "./lifecycle/states";
import type { ActorType, CommentVisibility } from "./timeline-states";
import type { PersonRef } from "./triage-view";

/** Who did something. The name is as it is now; null once nobody knows it any more. */
export interface ActorView {
  readonly type: ActorType;
  readonly id: string | null;
  readonly name: string | null;
}

interface FromTo<T> {
  readonly from: T | null;
  readonly to: T | null;
}

interface Line {
  /** Where the timeline goes on behind the line. */
  readonly cursor: string;
}

/** Something that happened to a finding. */
export interface EventLine extends Line {
  readonly type: "event";
  readonly id: string;
  readonly at: string;
  readonly kind: FindingEventKind;
  readonly actor: ActorView;
  readonly text: string;
  readonly scanNumber: number | null;
  /** How many equal events in a row this line represents. */
  readonly times: number;
  /** Scans that found nothing new, in one line. */
  readonly isUnchanged: boolean;
  /** Before and after, where the line changed it. */
  readonly status: FromTo<FindingStatus> | null;
  readonly due: FromTo<string> | null;
  readonly owner: FromTo<PersonRef> | null;
}

/** What somebody said about a finding. */
export interface CommentView {
  readonly id: string;
  readonly at: string;
  readonly author: ActorView;
  /** Markdown, with members as @{id}. */
  readonly body: string;
  /** The members that are mentioned in it. */
  readonly mentions: readonly PersonRef[];
  readonly visibility: CommentVisibility;
}

export interface CommentLine extends Omit<CommentView, "visibility">, Line {
  readonly type: "comment";
}

export type TimelineLine = EventLine | CommentLine;

/** A part of a finding's timeline, newest first. */
export interface TimelinePage {
  readonly lines: readonly TimelineLine[];
  /** Where the next older part begins; null when there is none. */
  readonly nextCursor: string | null;
}
