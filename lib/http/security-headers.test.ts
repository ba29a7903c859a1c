import { describe, expect, it } from "vitest";
import { contentSecurityPolicy, securityHeaders } from "./security-headers";

describe("contentSecurityPolicy", () => {
  it("runs only scripts with this answer's nonce on dynamic pages", () => {
    const policy = contentSecurityPolicy({ kind: "dynamic", nonce: "abc" }, { development: false });
    expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
    expect(policy).not.toContain("unsafe-eval");
    for (const part of [
      "default-src 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "object-src 'none'",
    ]) {
      expect(policy).toContain(part);
    }
  });

  it("runs only hashed inline scripts on static pages", () => {
    const policy = contentSecurityPolicy({ kind: "static", hashes: ["sha256-AA="] }, { development: false });
    expect(policy).toContain("script-src 'self' 'sha256-AA=';");
  });

  it("lets an offline page call nobody", () => {
    const page = { kind: "static", hashes: [], isOffline: true } as const;
    expect(contentSecurityPolicy(page, { development: false })).toContain("connect-src 'none';");
    expect(contentSecurityPolicy({ kind: "static", hashes: [] }, { development: false })).toContain(
      "connect-src 'self';",
    );
  });

  it("lets API answers load nothing", () => {
    expect(contentSecurityPolicy({ kind: "api" }, { development: true })).toMatch(/^default-src 'none';/);
  });
});

it("demands https only where the installation is served over it", () => {
  expect(securityHeaders({ https: true })["strict-transport-security"]).toContain("max-age=31536000");
  expect(securityHeaders({ https: false })).not.toHaveProperty("strict-transport-security");
});
