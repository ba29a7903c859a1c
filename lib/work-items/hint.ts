import { z } from "zod";

/** The name of the one queue. A job on it is a hint: what must be done is in the table of work items. */
export const queueName = "posturio";

const hintPayload = z.strictObject({ v: z.literal(2), workId: z.uuid() });

export type HintPayload = z.infer<typeof hintPayload>;

/** A job that is not what we put on the queue. Someone else wrote it, or another version of us did. */
export class RefusedHint extends Error {
  constructor(message: string) {
    super(message);
    this.name = "RefusedHint";
  }
}

export function payloadOf(item: { readonly workId: string }): HintPayload {
  return { v: 2, workId: item.workId };
}

/**
 * `<workId>-<fence>`. The fence is part of it because the queue silently swallows a job whose id it still knows, and
 * the next claim of a parked or repeated item must not be swallowed.
 */
export function jobIdOf(item: { readonly workId: string; readonly fence: number }): string {
  return `${item.workId}-${item.fence}`;
}

/**
 * Reads a hint. Unknown fields and other versions throw RefusedHint: a queue that others can write to must not be
 * able to say more than "look at this work item".
 */
export function parseHint(data: unknown): HintPayload {
  const hint = hintPayload.safeParse(data);
  if (!hint.success) throw new RefusedHint("The payload of the job is not what we write.");
  return hint.data;
}
