import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";

/** 256 random bits as base64url: session ids, links, tokens. Shown once, kept only as a hash. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** The secret of a link, as it comes back. Whether there is such a link, the use case says. */
export const linkSecret = z.string().max(100);

/** How a secret of 256 random bits is stored. A slow hash would add nothing: there is nothing to guess. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
