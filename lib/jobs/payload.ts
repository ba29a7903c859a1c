import { z } from "zod";

/** The name of the one queue. A job on it is a hint: what must be done stands in the dispatch table. */
export const queueName = "posturio";

export type JobKind = "scan" | "connection_test";

const scanPayload = z.strictObject({ v: z.literal(1), tenantId: z.uuid(), scanId: z.uuid() });
const connectionTestPayload = z.strictObject({
  v: z.literal(1),
  tenantId: z.uuid(),
  connectionTestId: z.uuid(),
});

export type JobPayload = z.infer<typeof scanPayload> | z.infer<typeof connectionTestPayload>;

/** What a hint is about: ids and the attempt it was given for. Everything else is read from the database. */
export interface JobReference {
  readonly kind: JobKind;
  readonly tenantId: string;
  readonly subjectId: string;
  readonly attempt: number;
}

/** A hint that is not what we put on the queue. Somebody else wrote it, or a newer version of us did. */
export class RefusedJob extends Error {
  constructor(message: string) {
    super(message);
    this.name = "RefusedJob";
  }
}

export function payloadOf(job: JobReference): JobPayload {
  return job.kind === "scan"
    ? { v: 1, tenantId: job.tenantId, scanId: job.subjectId }
    : { v: 1, tenantId: job.tenantId, connectionTestId: job.subjectId };
}

/**
 * `<subjectId>-<attempt>`. The attempt is part of it because the queue silently swallows a job whose id it
 * still knows, and the next attempt must not be swallowed.
 */
export function jobIdOf(job: JobReference): string {
  return `${job.subjectId}-${job.attempt}`;
}

/**
 * Reads a hint. Payloads with unknown fields, other versions or ids that do not belong together throw
 * RefusedJob: a queue that others can write to must not be able to say more than "do this scan".
 */
export function parseJob(name: string, jobId: string | undefined, data: unknown): JobReference {
  const id = /^([0-9a-f-]{36})-(\d{1,9})$/.exec(jobId ?? "");
  if (!id) throw new RefusedJob("The job id is not <subject>-<attempt>.");
  const parsed = parsePayload(name, data);
  if (parsed.subjectId !== id[1]) throw new RefusedJob("The job id and the payload name different subjects.");
  return { ...parsed, attempt: Number(id[2]) };
}

function parsePayload(name: string, data: unknown): Omit<JobReference, "attempt"> {
  if (name === "scan") {
    const scan = scanPayload.safeParse(data);
    if (!scan.success) throw new RefusedJob("The payload of the scan job is not what we write.");
    return { kind: "scan", tenantId: scan.data.tenantId, subjectId: scan.data.scanId };
  }
  if (name === "connection_test") {
    const test = connectionTestPayload.safeParse(data);
    if (!test.success) throw new RefusedJob("The payload of the connection test job is not what we write.");
    return { kind: "connection_test", tenantId: test.data.tenantId, subjectId: test.data.connectionTestId };
  }
  throw new RefusedJob("No job has this name.");
}
