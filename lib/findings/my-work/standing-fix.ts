import type { CommandPart, SuggestedChange } from "@/lib/checks/suggested-change";
import type { TenantDb } from "@/lib/db/tenant-db";
import type { WorkItem } from "@/lib/findings/my-work-view";
import { storedEvaluations } from "@/lib/findings/stored-evaluation";
import { Kept } from "@/lib/kept";

/** A scan that has evaluated anything has ended: what it said and suggested changes no more. */
const kept = new Kept<WorkItem["fix"]>(500);

/** The verdict that stands in full, and the command that repairs it on one line; null when nothing is stored of it. */
export function standingFix(
  db: TenantDb,
  tenantId: string,
  finding: {
    readonly check_id: string;
    readonly decided_scan_id: string | null;
    readonly decided_month: Date | null;
  },
): Promise<WorkItem["fix"]> {
  const { check_id: checkId, decided_scan_id: scanId, decided_month: month } = finding;
  if (scanId === null) return Promise.resolve(null);
  return kept.get([tenantId, scanId, checkId].join(" "), async () => {
    const [said] = await storedEvaluations(db, tenantId, [{ id: scanId, month }], {
      checkId,
      withChange: true,
    });
    if (said === undefined) return null;
    return { sentence: said.description.sentence, command: lineOf(said.description.change) };
  });
}

/**
 * The command on one line, as a shell reads it. None when it takes several, or when a tool manages what it changes:
 * then the fix is more than a command.
 */
export function lineOf(change: SuggestedChange | null): readonly CommandPart[] | null {
  if (!change?.command || change.managedBy) return null;
  const text = change.command.map((part) => part.text).join("");
  if (/[^\\]\n/.test(text.trim())) return null;
  return change.command.map((part) => ({ ...part, text: part.text.replace(/\s*\\\n\s*/g, " ") }));
}
