import { assertCatalog } from "@/lib/db/catalog";
import { assertClock } from "@/lib/db/system/clock";
import { env } from "@/lib/env";
import { refuseStart } from "@/lib/refuse-start";

/**
 * Ends the web process when the environment is not usable or the database does not keep organizations apart: a server
 * that answered anyway would be worse than none, and Next alone would log the error and serve.
 */
export async function refuseUnsafeStart(): Promise<void> {
  try {
    await assertCatalog();
    await assertClock(env.POSTURIO_DEMO || env.NODE_ENV === "test");
  } catch (error) {
    refuseStart(error);
  }
}
