import type { LooksEnding } from "./looks-states";

/** Looking again at a finding: while it goes on, and for a day after it ended. */
export interface LooksView {
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly everyMinutes: number;
  readonly done: number;
  readonly most: number;
  /** When it looks next; null once it has ended. */
  readonly nextAt: string | null;
  /** Null while it goes on. */
  readonly ending: LooksEnding | null;
  readonly endedAt: string | null;
}
