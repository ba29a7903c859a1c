import { disconnect, prisma } from "@/lib/db/client";

// Heartbeats are global: a worker serves every organization and belongs to none.

/** Says that the worker is alive; rows of workers gone for a day are removed on the way. */
export async function beatWorker(workerId: string): Promise<void> {
  await prisma.$executeRaw`
    INSERT INTO worker_heartbeats (worker_id) VALUES (${workerId})
    ON CONFLICT (worker_id) DO UPDATE SET seen_at = now()`;
  await prisma.$executeRaw`DELETE FROM worker_heartbeats WHERE seen_at < now() - interval '1 day'`;
}

/** The worker has stopped in good order. */
export async function forgetWorker(workerId: string): Promise<void> {
  await prisma.$executeRaw`DELETE FROM worker_heartbeats WHERE worker_id = ${workerId}`;
}

/** Whether any worker has shown itself lately. */
export async function workerSeenWithin(seconds: number): Promise<boolean> {
  const rows = await prisma.$queryRaw<{ alive: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM worker_heartbeats WHERE seen_at > now() - make_interval(secs => ${seconds})
    ) AS alive`;
  return rows[0]?.alive === true;
}

/** The process is done with the database. */
export async function closeDatabase(): Promise<void> {
  await disconnect();
}
