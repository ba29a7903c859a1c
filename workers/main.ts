import { closeDatabase } from "@/lib/db/system/workers";
import { refuseStart } from "@/lib/refuse-start";
import { startWorker } from "./worker";

// Standard error too: what Node itself prints there must not end the process when nobody can take it.
process.stderr.on("error", () => {});

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
  refuseStart(error);
}
