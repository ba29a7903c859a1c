import type { ApiEvent } from "./events";

/** What GetTrailStatus knows about one trail in one account and Region. Times in milliseconds. */
export interface RegionalState {
  isLogging: boolean;
  startedAt: number | undefined;
  stoppedAt: number | undefined;
  deliveredAt: number | undefined;
  error: string | undefined;
  digestAt: number | undefined;
  digestError: string | undefined;
  logsAt: number | undefined;
  logsError: string | undefined;
  notifiedAt: number | undefined;
  notificationError: string | undefined;
  /** Scripted cause of failing delivery: an S3 error code. */
  fault: string | undefined;
  /** Scripted: nothing is ever delivered and no error says why. */
  silent: boolean;
  /** Last delivery of the Region's own traffic; undefined in idle Regions. */
  background: number | undefined;
  batch: { dueAt: number; events: ApiEvent[] } | undefined;
}
