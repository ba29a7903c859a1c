import { defineWords, type WordOf } from "@/lib/words";
import type { FindingEventKind } from "./lifecycle/states";

/** What a finding's timeline can be narrowed down to. */
export const timelineFilters = defineWords("filter of a timeline", ["all", "status", "scans", "people"]);
export type TimelineFilter = WordOf<typeof timelineFilters>;

export const timelineFilterLabels: Readonly<Record<TimelineFilter, string>> = {
  all: "All",
  status: "Status",
  scans: "Scans",
  people: "People",
};

/** Lines that tell of another status. */
export const statusKinds = [
  "detected",
  "started",
  "put_back",
  "claimed",
  "claim_withdrawn",
  "claim_refuted",
  "out_of_scope",
  "pass_to_prove",
  "verified",
  "verification_failed",
  "verification_inconclusive",
  "claim_timed_out",
  "reopened",
] as const satisfies readonly FindingEventKind[];

/** Lines that a scan wrote. What people did is told by who did it. */
export const scanKinds = [
  "detected",
  "still_failing",
  "first_passed",
  "still_passing",
  "now_passing",
  "failing_again",
  "severity_changed",
  "reason_changed",
  "could_not_read",
  "claim_refuted",
  "pass_to_prove",
  "reopened",
] as const satisfies readonly FindingEventKind[];

/** Who sees a comment. Internal: members, and no auditor. */
export const commentVisibilities = defineWords("visibility of a comment", ["internal"]);
export type CommentVisibility = WordOf<typeof commentVisibilities>;

/** Who acted. */
export const actorTypes = defineWords("actor", ["person", "token", "system"]);
export type ActorType = WordOf<typeof actorTypes>;

/** Characters of a comment, and people that one can mention. */
export const longestComment = 10_000;
export const mostMentions = 20;

/** How a mention of a member stands in the text of a comment. */
export function mentionOf(id: string): string {
  return `@{${id}}`;
}

/** Texts of a mention, the id as the first group. */
export const mentionPattern = /@\{([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}/g;
