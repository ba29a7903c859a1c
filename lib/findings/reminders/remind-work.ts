import type { WorkKind } from "@/lib/work-items/work-kind";

/** Reminding an organization's people of what is due, and clearing their inboxes. The subject is the organization. */
export const remindWork: WorkKind = {
  kind: "reminders.send",
  lane: "none",
  maxFailures: 5,
  expiresAfterSeconds: 23 * 60 * 60,
  budget: "upkeep",
};
