import pg from "pg";
import { env } from "@/lib/env";
import { limitOptions } from "./limits";

/** A pool of its own for the queue, bound to BullMQ's schema, in the same database as everything else. */
export function queuePool(max: number): pg.Pool {
  return new pg.Pool({
    connectionString: env.DATABASE_URL,
    options: `-c search_path=bullmq ${limitOptions}`,
    application_name: "posturio-queue",
    keepAlive: true,
    max,
  });
}
