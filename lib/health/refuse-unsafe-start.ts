import { assertCatalog } from "@/lib/db/catalog";
import { assertClock } from "@/lib/db/system/clock";
import { env } from "@/lib/env";

/**
 * Ends the web process when the environment is not usable or the database does not keep organizations apart: a server
 * that answered anyway would be worse than none, and Next alone would log the error and serve.
 */
export async function refuseUnsafeStart(): Promise<void> {
  try {
    await assertCatalog();
    await assertClock(env.POSTURIO_DEMO || env.NODE_ENV === "test");
  } catch (error) {
    // Not the logger: it reads its level from the environment that may be what is wrong.
    const text = error instanceof Error ? error.message : "unknown error";
    process.stderr.write(`${JSON.stringify({ level: "fatal", message: `Not starting. ${text}` })}\n`);
    process.exit(1);
  }
}
