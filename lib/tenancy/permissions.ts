import { defineWords, type WordOf } from "@/lib/words";

export const roles = defineWords("role", ["admin", "lead", "member", "auditor"]);
export type Role = WordOf<typeof roles>;

/**
 * Role × permission, the only place that says who may do what. An owner is an assignment, not a role.
 * API tokens act with scopes, never with a role; `null` means no token may.
 */
export const permissions = {
  "organization.view": { roles: ["admin", "lead", "member", "auditor"], scope: "read" },
  "organization.edit": { roles: ["admin"], scope: null },
  "account.connect": { roles: ["admin", "lead"], scope: "admin:accounts" },
  "account.disconnect": { roles: ["admin"], scope: "admin:accounts" },
  "account.edit": { roles: ["admin", "lead"], scope: "admin:accounts" },
  "scan.request": { roles: ["admin", "lead"], scope: "scan" },
  /** From a finding. Members only while it fails or is unknown, and so many an hour: lib/scans/scan-finding.ts. */
  "finding.scan": { roles: ["admin", "lead", "member"], scope: "scan" },
  "member.view": { roles: ["admin", "lead", "member", "auditor"], scope: null },
  "member.manage": { roles: ["admin"], scope: null },
  "token.manage": { roles: ["admin"], scope: null },
} as const satisfies Record<string, { roles: readonly Role[]; scope: string | null }>;

export type Permission = keyof typeof permissions;
export const tokenScopes = defineWords("token scope", ["read", "scan", "admin:accounts"]);
export type TokenScope = WordOf<typeof tokenScopes>;
