import type { WorkKind } from "@/lib/work-items/work-kind";

/** Erasing an organization. The subject is the organization; the work is the installation's own. */
export const eraseOrganizationWork: WorkKind = {
  kind: "organization.erase",
  lane: "none",
  maxFailures: 1_000,
  expiresAfterSeconds: 365 * 24 * 60 * 60,
  budget: "upkeep",
};
