import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseUnreachable } from "@/lib/db/database-unreachable";
import { withClient } from "@/lib/db/with-client";

/**
 * Resolves when the server lets the role of the URL in. A server that is starting is asked again until the time is up;
 * what waiting does not mend, a wrong password for example, throws DatabaseUnreachable at once. `say` hears once that it
 * waits, and for what.
 */
export async function waitForDatabase(
  url: string,
  withinMs: number,
  say: (text: string) => void,
): Promise<void> {
  const end = Date.now() + withinMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await withClient(url, async () => undefined);
      return;
    } catch (error) {
      if (!(error instanceof DatabaseUnreachable) || !error.passes || Date.now() >= end) throw error;
      if (attempt === 1) say(`${error.message} Waiting up to ${Math.round(withinMs / 1000)} s for it.`);
      await sleep(Math.min(500, Math.max(0, end - Date.now())));
    }
  }
}
