import { env } from "@/lib/env";

/** Public address of this installation. Public pages are static, so it is the one known when they were built. */
export function origin(): string {
  return new URL(env.POSTURIO_URL).origin;
}
