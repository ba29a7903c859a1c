import { createHash, randomBytes } from "node:crypto";

/** 256 random bits as base64url: session ids, links, tokens. Shown once, kept only as a hash. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** How a secret of 256 random bits is stored. A slow hash would add nothing: there is nothing to guess. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
