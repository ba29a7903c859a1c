import type { Prisma } from "./generated/client";

/** Tables that the product's role cannot touch; prisma/catalog_test.sql holds the database to the same list. */
export type IdentityModel =
  | "organization"
  | "user"
  | "session"
  | "passwordReset"
  | "knownBrowser"
  | "membership"
  | "invite"
  | "apiToken"
  | "rateLimit";

/** The client or a transaction of posturio_auth: identity, and no tenant's data. */
export type IdentityDb = Pick<Prisma.TransactionClient, IdentityModel | "$queryRaw" | "$executeRaw">;

declare const boundToOrganization: unique symbol;

/** The same inside an organization: audit() can write its log. Only withIdentity() and enterOrganization() hand it out. */
export type BoundIdentityDb = IdentityDb & { readonly [boundToOrganization]: true };
