import { z } from "zod";
import { environments } from "@/lib/accounts/account-states";
import { severities } from "@/lib/checks/words";

const points = z.int().min(0);
const count = z.int().min(0);
const time = z.iso.datetime();

/** One line of a receipt: its points, and the facts they come from. Days are counted by the reader: facts do not age. */
export const receiptLine = z.discriminatedUnion("id", [
  z.object({ id: z.literal("severity"), points, severity: z.enum(severities.values).nullable() }),
  z.object({
    id: z.literal("blind"),
    points,
    blind: count.describe("Enabled Regions that are not covered, or not wholly"),
    enabled: count,
    active: z
      .object({ blind: count, enabled: count })
      .nullable()
      .describe("Those with activity, which weigh 3; null without activity data: every Region weighs 1"),
  }),
  z.object({ id: z.literal("environment"), points, environment: z.enum(environments.values) }),
  z.object({
    id: z.literal("sla"),
    points,
    from: time.describe("When the time to fix it began"),
    dueAt: time.nullable(),
    isOverdue: z.boolean(),
  }),
  z.object({ id: z.literal("recurrence"), points, comebacks: count }),
  z.object({ id: z.literal("silent"), points, isSilent: z.boolean() }),
]);

/** What a score adds up from, in the order in which it is printed. A line that says nothing of a check is left out. */
export const receipt = z.object({
  version: z.literal(1).describe("Of the formula"),
  lines: z.array(receiptLine),
  score: z.int().min(0).max(100),
  band: z.int().min(1).max(4).describe("The number of the priority"),
});

export type ReceiptLine = z.output<typeof receiptLine>;
export type Receipt = z.output<typeof receipt>;

/** A stored receipt; null where there is none, or one of a formula that this version does not know. */
export function readReceipt(stored: unknown): Receipt | null {
  return receipt.safeParse(stored).data ?? null;
}

/** A line of a receipt by its id. */
export function lineOf<I extends ReceiptLine["id"]>(
  of: Receipt | null,
  id: I,
): Extract<ReceiptLine, { id: I }> | undefined {
  const isIt = (line: ReceiptLine): line is Extract<ReceiptLine, { id: I }> => line.id === id;
  return of?.lines.find(isIt);
}
