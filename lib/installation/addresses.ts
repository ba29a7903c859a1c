import type { RoleUrls } from "./roles";

type Variables = Readonly<Record<string, string | undefined>>;

/** The addresses that the migrate step was given. */
export interface Addresses extends Omit<RoleUrls, "adminUrl" | "appUrl" | "rolesOnly"> {
  readonly adminUrl: string | undefined;
  readonly appUrl: string | undefined;
}

/**
 * Reads the addresses of the migrate step; answers the sentence for the operator when one that is needed is missing.
 * A superuser's address means that roles are created, and each role's own address carries its password.
 */
export function readAddresses(variables: Variables, rolesOnly: boolean): Addresses | string {
  const createsRoles = rolesOnly || Boolean(variables.DATABASE_ADMIN_URL);
  const needed = [
    ...(rolesOnly ? ["DATABASE_ADMIN_URL"] : []),
    "DATABASE_OWNER_URL",
    ...(createsRoles ? ["DATABASE_URL"] : []),
  ];
  const missing = needed.filter((name) => !variables[name]);
  if (missing.length > 0) {
    const why = createsRoles
      ? "Creating the roles needs a superuser's address (DATABASE_ADMIN_URL) and the address of each role with its password"
      : "Migrations run as posturio_owner";
    return `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} not set. ${why}: see docs/operations.md.`;
  }
  return {
    ownerUrl: variables.DATABASE_OWNER_URL ?? "",
    adminUrl: variables.DATABASE_ADMIN_URL || undefined,
    appUrl: variables.DATABASE_URL || undefined,
    authUrl: variables.DATABASE_AUTH_URL || undefined,
    keeperUrl: variables.DATABASE_KEEPER_URL || undefined,
  };
}
