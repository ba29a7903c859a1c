import type { Instrumentation } from "next";

/** Runs once in the web process, before the first request. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next replaces this constant at build time to tell its two bundles apart
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { refuseStart } = await import("@/lib/refuse-start");
  const { env } = await import("@/lib/env");
  let production: boolean;
  try {
    production = env.NODE_ENV === "production";
  } catch (error) {
    // The framework would log the error and answer every request with it.
    return refuseStart(error);
  }
  if (production) {
    const { sendConsoleToLog } = await import("@/lib/http/console-to-log");
    sendConsoleToLog();
  }
  const { installPeerAddress } = await import("@/lib/http/peer-address");
  installPeerAddress();
  const { installAnswers } = await import("@/lib/http/answer");
  installAnswers();
  const { installWholePages } = await import("@/lib/http/whole-pages");
  installWholePages();
  const { installEndOfConnections } = await import("@/lib/http/end-connections");
  installEndOfConnections();
  const { installUnreadableRequests } = await import("@/lib/http/unreadable-requests");
  installUnreadableRequests();
  const { refuseUnsafeStart } = await import("@/lib/health/refuse-unsafe-start");
  await refuseUnsafeStart();
}

/** Logs what a page or action threw, under the id (digest) that the error page shows. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  // biome-ignore lint/style/noProcessEnv: Next replaces this constant at build time to tell its two bundles apart
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { logger } = await import("@/lib/logger");
  const { unavailableReason } = await import("@/lib/db/unavailable");
  const digest = typeof error === "object" && error !== null && "digest" in error ? error.digest : undefined;
  const requestId = request.headers["x-request-id"];
  const where = { digest, requestId, method: request.method, route: context.routePath };
  const reason = unavailableReason(error);
  if (reason === null) logger.error({ ...where, error }, "request failed");
  else logger.warn({ ...where, reason }, "request failed: the database is not available");
};
