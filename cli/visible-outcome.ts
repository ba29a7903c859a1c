import { visibleAll, visibleLines } from "@/lib/checks/snippets/visible";
import type { Outcome } from "./outcome";

/**
 * The outcome as text that may be printed: no name of AWS or of a file can move the cursor, color the terminal or begin
 * a line. A command keeps its own lines; its writer has quoted what they contain.
 */
export function visibleOutcome({ check, description, ...outcome }: Outcome): Outcome {
  const { change, ...rest } = description;
  const command = change?.command?.map((part) => ({ ...part, text: visibleLines(part.text) }));
  return {
    ...visibleAll(outcome),
    check,
    description: {
      ...visibleAll(rest),
      change: change && { ...visibleAll(change), ...(command === undefined ? {} : { command }) },
    },
  };
}
