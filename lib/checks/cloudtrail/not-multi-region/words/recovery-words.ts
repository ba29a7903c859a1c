import type { Gap } from "@/lib/checks/cloudtrail/not-multi-region/rules/recovery";
import { count } from "@/lib/text";
import { day } from "./time-words";

/** What is missing: half a sentence, `log files of 17 Regions are not arriving (recoverable until 13 Dec 2026)`. */
export function missingText(gap: Gap): string {
  const of = count(gap.regions.length, "Region");
  const what =
    gap.kind === "undelivered" ? `log files of ${of} are not arriving` : `events of ${of} are not logged`;
  return `${what} ${recoverableText(gap)}`;
}

/** In brackets: until when all of it can be had, or what cannot any more. */
export function recoverableText({ recoverableUntil, lostBefore }: Gap): string {
  return recoverableUntil === null
    ? `(those from before ${day(lostBefore ?? "")} are lost)`
    : `(recoverable until ${day(recoverableUntil)})`;
}

/** Until when it can still be had, or what is lost already. */
export function recoveryText({ kind, since, recoverableUntil, lostBefore }: Gap): string {
  const from = since === null ? "" : ` since ${day(since)}`;
  if (kind === "undelivered") {
    return recoverableUntil === null
      ? `CloudTrail retries for 30 days: after a repair the log files of that time still arrive, and those from before ${day(lostBefore ?? "")} are lost. Event history has their management events for 90 days.`
      : `CloudTrail retries for 30 days: the log files${from} are recoverable until ${day(recoverableUntil)}.`;
  }
  return recoverableUntil === null
    ? `Event history keeps management events for 90 days in each Region: those since ${day(lostBefore ?? "")} can still be looked up there, and older ones are lost.`
    : `Event history keeps management events for 90 days in each Region: those${from} are recoverable until ${day(recoverableUntil)}.`;
}
