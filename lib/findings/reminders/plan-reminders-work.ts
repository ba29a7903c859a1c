import type { DailyWork } from "@/lib/work-items/work-kind";

/** Once a day: an item for each organization in which something may be due. */
export const planRemindersWork: DailyWork = {
  kind: "reminders.plan",
  lane: "none",
  maxFailures: 5,
  expiresAfterSeconds: 12 * 60 * 60,
  budget: "upkeep",
  // Once the day has begun in most places of the world, and the upkeep of midnight is over.
  minuteOfDay: 5 * 60,
};
