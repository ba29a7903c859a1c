import { z } from "zod";
import { findOrganization } from "@/lib/db/system/organizations";
import { notFound } from "@/lib/errors";
import { admit, type TenantContext } from "./tenant-context";

const tenantId = z.uuid();

/**
 * The context of a job for the organization its payload names: the system is the principal. Throws `not_found` for an
 * id that is no organization's. `name` says in logs which part of the system acts.
 */
export async function tenantFromJob(
  payload: { readonly tenantId: string },
  name = "worker",
  requestId?: string,
): Promise<TenantContext> {
  const id = tenantId.safeParse(payload.tenantId);
  const organization = id.success ? await findOrganization(id.data) : null;
  if (organization === null) {
    throw notFound();
  }
  return admit({ organization, principal: { type: "system", name }, role: null, requestId });
}
