import { closeDatabase } from "@/lib/db/system/workers";
import { logger } from "@/lib/logger";
import { startWorker } from "./worker";

/** Whatever still hangs after this is cut off; its lease expires and another worker takes over. */
const hardStopMs = 20_000;

try {
  const worker = await startWorker();
  const stop = async () => {
    setTimeout(() => process.exit(1), hardStopMs).unref();
    await worker.stop();
    await closeDatabase();
    process.exit(0);
  };
  process.once("SIGTERM", () => void stop());
  process.once("SIGINT", () => void stop());
} catch (error) {
  logger.fatal({ error }, "the worker does not start");
  process.exit(1);
}
