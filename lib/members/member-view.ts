import type { Role } from "@/lib/tenancy/permissions";

/** An API token that works, for whoever decides whether it ends with its creator's membership. */
export interface MemberToken {
  readonly id: string;
  readonly name: string;
  /** `pst_live_ab12`: enough to recognize it in a configuration. */
  readonly prefix: string;
  readonly lastUsedAt: string | null;
}

export interface MemberRow {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly canApprove: boolean;
  readonly joinedAt: string;
  readonly isYou: boolean;
  readonly isDisabled: boolean;
  /** Tokens that they created here and that work. Told to those who may end them. */
  readonly tokens: readonly MemberToken[];
}
