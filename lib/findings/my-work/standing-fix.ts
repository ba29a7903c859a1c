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
 * The one command that makes the change, on one line, as a shell reads it: without those that only read back what it
 * did. None when the change takes several, or when a tool manages what it changes: then the fix is more than a command.
 */
export function lineOf(change: SuggestedChange | null): readonly CommandPart[] | null {
  if (!change?.command || change.managedBy) return null;
  const [first, ...rest] = commandsOf(change.command);
  if (first === undefined || !/^aws /.test(textOf(first)) || isReading(first)) return null;
  return rest.every(isReading)
    ? first.map((part) => ({ ...part, text: part.text.replace(/\s*\\\n\s*/g, " ") }))
    : null;
}

/** The commands of a block, between which it has blank lines. */
function commandsOf(block: readonly CommandPart[]): CommandPart[][] {
  const commands: CommandPart[][] = [[]];
  for (const part of block) {
    for (const [index, text] of part.text.split(/\n\n+/).entries()) {
      if (index > 0) commands.push([]);
      if (text !== "") commands.at(-1)?.push({ ...part, text });
    }
  }
  return commands.filter((command) => command.length > 0);
}

/** It asks AWS for something, or prints text. */
function isReading(command: readonly CommandPart[]): boolean {
  return /^(cat |aws [\w-]+ (get|describe|list|head)-)/.test(textOf(command));
}

function textOf(command: readonly CommandPart[]): string {
  return command.map(({ text }) => text).join("");
}
