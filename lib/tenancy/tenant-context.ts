import { randomUUID } from "node:crypto";
import type { Role } from "./permissions";

export type Principal =
  | { readonly type: "user"; readonly userId: string; readonly name: string; readonly email: string }
  | { readonly type: "token"; readonly tokenId: string; readonly name: string }
  | { readonly type: "system"; readonly name: string };

type Admission = {
  readonly organization: { readonly id: string; readonly slug: string; readonly name: string };
  readonly principal: Principal;
  readonly role: Role | null;
  readonly canApprove?: boolean;
  readonly scopes?: readonly string[];
  readonly requestId?: string | undefined;
};

/** Never exported: without it no code constructs a context, not even by a cast. */
const key = Symbol("tenant context");

/** Access to one organization's data: who asks, for which organization, with which rights. */
export class TenantContext {
  /** A private name cannot be forged: an object of this shape alone is not a context. */
  readonly #admitted = true;
  readonly tenantId: string;
  readonly slug: string;
  readonly organizationName: string;
  readonly principal: Principal;
  /** Null for tokens, which act with scopes, and for the system. */
  readonly role: Role | null;
  readonly canApprove: boolean;
  readonly scopes: readonly string[];
  readonly requestId: string;

  private constructor(proof: symbol, admission: Admission) {
    if (proof !== key) {
      throw new Error(
        "A tenant context is constructed by requireTenant, requireTenantFromToken or tenantFromJob",
      );
    }
    this.tenantId = admission.organization.id;
    this.slug = admission.organization.slug;
    this.organizationName = admission.organization.name;
    this.principal = Object.freeze({ ...admission.principal });
    this.role = admission.role;
    this.canApprove = admission.canApprove ?? false;
    this.scopes = Object.freeze([...(admission.scopes ?? [])]);
    this.requestId = admission.requestId ?? randomUUID();
    Object.freeze(this);
  }

  static isAdmitted(value: unknown): value is TenantContext {
    return typeof value === "object" && value !== null && #admitted in value && value.#admitted;
  }

  /** See admit(). */
  static make(proof: symbol, admission: Admission): TenantContext {
    return new TenantContext(proof, admission);
  }
}

/**
 * Makes a context from rows that were read from the database in this request. A test holds its importers to
 * require-tenant.ts and tenant-from-job.ts.
 */
export function admit(admission: Admission): TenantContext {
  return TenantContext.make(key, admission);
}
