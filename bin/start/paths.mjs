import { isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** Where the built web server stands; it serves what is copied beside it. */
export const webServer = join(root, ".next", "standalone", "server.js");

/**
 * Where an installation keeps its data, secrets and logs. The real installation stands apart from the demo, so
 * that invented accounts never show up beside real ones. POSTURIO_HOME names another place (tests use it).
 */
export function homeDirectory({ real }) {
  const asked = process.env.POSTURIO_HOME;
  if (asked) return isAbsolute(asked) ? asked : resolve(asked);
  return real ? join(root, ".posturio", "real") : join(root, ".posturio");
}
