import { defineWords, type WordOf } from "@/lib/words";

export const roles = defineWords("role", ["admin", "lead", "member", "auditor"]);
export type Role = WordOf<typeof roles>;

/**
 * Role × permission, the only place that says who may do what. An owner is an assignment, not a role: with `owner` a
 * member may do it to the findings they own. API tokens act with scopes, never with a role; `null` means no token may.
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
  /** Owner, due date, ticket, and the moves between Open and In progress. The owner of a finding may too. */
  "finding.triage": { roles: ["admin", "lead"], scope: "write:finding", owner: true },
  /** To say that it is fixed. The owner of a finding may too. */
  "finding.claim": { roles: ["admin", "lead"], scope: "verify", owner: true },
  /** To be told of what happens to a finding. */
  "finding.watch": { roles: ["admin", "lead", "member"], scope: null },
  /** To keep filters of the list under a name, for oneself. */
  "view.save": { roles: ["admin", "lead", "member"], scope: null },
  /** To keep them for everybody. */
  "view.share": { roles: ["admin", "lead"], scope: "write:finding" },
  /** What members say about a finding among themselves: no auditor reads it. */
  "comment.read": { roles: ["admin", "lead", "member"], scope: "read" },
  "comment.write": { roles: ["admin", "lead", "member"], scope: "write:comment" },
  /** Rules for owners, days and time zone. */
  "triage.configure": { roles: ["admin", "lead"], scope: null },
  /** How sure delivery must be before a finding counts as fixed. */
  "proof.configure": { roles: ["admin"], scope: null },
  "member.view": { roles: ["admin", "lead", "member", "auditor"], scope: null },
  /** Ids, names and roles, without addresses: who can be named in a change. */
  "member.names": { roles: ["admin", "lead", "member", "auditor"], scope: "read" },
  "member.manage": { roles: ["admin"], scope: null },
  "token.manage": { roles: ["admin"], scope: null },
} as const satisfies Record<string, { roles: readonly Role[]; scope: string | null; owner?: true }>;

export type Permission = keyof typeof permissions;
export const tokenScopes = defineWords("token scope", [
  "read",
  "scan",
  "write:finding",
  "write:comment",
  "verify",
  "admin:accounts",
]);
export type TokenScope = WordOf<typeof tokenScopes>;
