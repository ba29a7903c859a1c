export type PageKind =
  | { readonly kind: "dynamic"; readonly nonce: string }
  | { readonly kind: "static"; readonly hashes: readonly string[]; readonly isOffline?: boolean }
  | { readonly kind: "api" };

/**
 * The Content-Security-Policy of an answer. Dynamic pages run scripts with this answer's nonce, static ones those
 * whose hash was taken after the build, API answers none. `style-src` allows inline styles: the component library
 * measures and places overlays with them. A page that is offline may call nobody, not even us.
 */
export function contentSecurityPolicy(page: PageKind, options: { development: boolean }): string {
  if (page.kind === "api")
    return "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
  const isOffline = page.kind === "static" && page.isOffline === true;
  const scripts =
    page.kind === "dynamic"
      ? `'nonce-${page.nonce}' 'strict-dynamic'`
      : page.hashes.map((hash) => `'${hash}'`).join(" ");
  return [
    "default-src 'none'",
    `script-src 'self' ${scripts}${options.development ? " 'unsafe-eval'" : ""}`.trim(),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    isOffline ? "connect-src 'none'" : `connect-src 'self'${options.development ? " ws:" : ""}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join("; ");
}

/**
 * Headers of every answer. The referrer policy is `same-origin`: nothing leaves to another site (invite and reset
 * links are secrets), while `no-referrer` would make browsers send `Origin: null` with our own forms, which the
 * origin check refuses.
 */
export function securityHeaders(options: { https: boolean }): Readonly<Record<string, string>> {
  return {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
    "permissions-policy":
      "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
    ...(options.https ? { "strict-transport-security": "max-age=31536000; includeSubDomains" } : {}),
  };
}
