import { assertCatalog } from "@/lib/db/catalog";
import { logger } from "@/lib/logger";

/**
 * Ends the web process when the environment is not usable or the database does not keep organizations apart: a server
 * that answered anyway would be worse than none. Next alone would log the error and serve.
 */
export async function refuseUnsafeStart(): Promise<void> {
  try {
    await assertCatalog();
  } catch (error) {
    logger.fatal({ error }, "not starting");
    process.exit(1);
  }
}
