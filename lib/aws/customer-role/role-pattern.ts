import { env } from "@/lib/env";
import { defaultRoleName } from "./role-template";

/** What our own identity may assume in any account, as the operator set it (POSTURIO_ROLE_PATTERN). */
export function rolePatterns(): readonly string[] {
  return env.POSTURIO_ROLE_PATTERN;
}

/**
 * Whether a role, path and name, is one that our identity may assume. A `*` that is a whole segment matches
 * anything, folders included, so `role/*` is every role; within a segment it stays inside it. IAM is never stricter:
 * its `*` crosses folders everywhere.
 */
export function mayBeAssumed(role: string, patterns: readonly string[] = rolePatterns()): boolean {
  return patterns.some((pattern) => matcher(pattern).test(role));
}

function matcher(pattern: string): RegExp {
  const segments = pattern.replace(/^role\//, "").split("/");
  const source = segments.map((segment) =>
    segment === "*" ? ".+" : segment.replaceAll(/[.+=@-]/g, "\\$&").replaceAll("*", "[^/]*"),
  );
  return new RegExp(`^${source.join("/")}$`);
}

/** The patterns, for sentences: `role/audit-* or role/team/*`. */
export function patternsInWords(patterns: readonly string[] = rolePatterns()): string {
  return patterns.join(" or ");
}

/** A name and path that our identity may assume: ours, unless the operator's patterns ask for another. */
export function suggestedRole(patterns: readonly string[] = rolePatterns()): { name: string; path: string } {
  if (mayBeAssumed(defaultRoleName, patterns)) return { name: defaultRoleName, path: "/" };
  const segments = (patterns[0] ?? "").replace(/^role\//, "").split("/");
  const name = (segments.pop() ?? "").replace("*", defaultRoleName).replaceAll("*", "").slice(0, 64);
  const folders = segments.map((segment) => segment.replaceAll("*", "") || "posturio");
  return { name, path: folders.length === 0 ? "/" : `/${folders.join("/")}/` };
}
