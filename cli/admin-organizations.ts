import { beginErasing, type ErasableOrganization, findErasable, setLegalHold } from "@/lib/db/system/erasing";
import { AppError } from "@/lib/errors";
import { eraseOrganizationWork } from "@/lib/retention/erase-organization-work";
import { type AdminIo, Usage } from "./admin-usage";

export interface OrganizationOptions {
  readonly organization?: string | undefined;
  readonly confirm?: string | undefined;
  readonly on?: boolean | undefined;
  readonly off?: boolean | undefined;
}

export type OrganizationCommand = (options: OrganizationOptions, io: AdminIo) => Promise<void>;

async function organizationOf(slug: string | undefined): Promise<ErasableOrganization & { slug: string }> {
  if (slug === undefined) throw new Usage("--organization is missing");
  const organization = await findErasable(slug);
  if (organization === null) {
    throw new AppError("not_found", `There is no organization ${slug}. It may have been erased already.`);
  }
  return { ...organization, slug };
}

/** `legal-hold --on` keeps everything of an organization until `--off`. */
export const legalHold: OrganizationCommand = async (options, io) => {
  if ((options.on === true) === (options.off === true)) throw new Usage("give --on or --off");
  const { slug, name } = await organizationOf(options.organization);
  await setLegalHold(slug, options.on === true);
  io.out(
    options.on === true
      ? `${name} is under a legal hold: nothing of it is deleted until the hold is lifted.`
      : `The legal hold on ${name} is lifted.`,
  );
};

/** Closes the organization and leaves the erasing to the worker. */
export const eraseOrganization: OrganizationCommand = async (options, io) => {
  const { id, slug, name, isHeld, erasingAt } = await organizationOf(options.organization);
  if (options.confirm !== slug) {
    throw new Usage(`erasing ${name} cannot be undone: repeat its address name, --confirm ${slug}`);
  }
  if (isHeld || !(await beginErasing(id, eraseOrganizationWork))) {
    throw new AppError(
      "conflict",
      `${name} is under a legal hold and was not erased. To lift the hold: posturio admin legal-hold --organization ${slug} --off`,
    );
  }
  io.out(
    erasingAt === null
      ? `${name} is closed. The worker erases it now; nobody can sign in to it any more.`
      : `${name} has been closed since ${erasingAt.toISOString()}, and the worker is erasing it. It is gone when this command does not know it any more.`,
  );
};
