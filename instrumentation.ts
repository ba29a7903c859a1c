/** Runs once in the web process, before the first request. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next replaces this constant at build time to tell its two bundles apart
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { installPeerAddress } = await import("@/lib/http/peer-address");
  installPeerAddress();
}
