import { writeFile } from "node:fs/promises";
import { env } from "@/lib/env";

/** Touches the file that a health check looks at, where one is asked for. Needs neither database nor queue. */
export async function touchAliveFile(file = env.POSTURIO_ALIVE_FILE): Promise<void> {
  if (file !== undefined) await writeFile(file, `${new Date().toISOString()}\n`);
}
