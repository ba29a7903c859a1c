import { createInterface } from "node:readline/promises";
import type { Readable } from "node:stream";
import { parseArgs } from "node:util";
import { createResetSecret } from "@/lib/auth/password-reset";
import { emailField, normalizeEmail, personNameField } from "@/lib/auth/person-fields";
import { newSecret } from "@/lib/auth/secret";
import { registerUser } from "@/lib/auth/sign-up";
import { disableUser, findUserByEmail } from "@/lib/db/system/identity";
import { listOrganizations } from "@/lib/db/system/memberships";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { organizationInput } from "@/lib/organizations/organization-input";
import { createOrganization } from "@/lib/organizations/organizations";
import { count } from "@/lib/text";
import { clock } from "./admin-clock";
import { eraseOrganization, legalHold, type OrganizationCommand } from "./admin-organizations";
import { type AdminIo, Usage } from "./admin-usage";

const usage = `posturio admin: for the operator of this installation

  create-admin --email ADDRESS --name NAME [--organization NAME] [--password-stdin]
      Makes a user, and an organization with that user as its admin. Prints a link to set the password
      (one hour, one use), or takes the password from standard input.
  reset-password --email ADDRESS
      Prints a link to set a new password: one hour, one use. Ends older links.
  disable-user --email ADDRESS
      The user can no longer sign in; all sessions end now. Memberships stay.
  list-organizations
      One line each: address name, name, members, day it was created.
  legal-hold --organization ADDRESS-NAME --on | --off
      While on, nothing of the organization is dropped when it gets old, and it cannot be erased.
  erase-organization --organization ADDRESS-NAME --confirm ADDRESS-NAME
      Closes the organization at once and has the worker erase all of it: accounts, findings, history, audit log,
      and people who belong to it alone. Cannot be undone. Again: says how far it is.
  clock [--advance 30d]
      Demo and test installations only: moves business times, and the sandbox's clock with them. Units: m, h, d.
`;

const organizationCommands: Readonly<Record<string, OrganizationCommand>> = {
  "legal-hold": legalHold,
  "erase-organization": eraseOrganization,
};

async function userOf(email: string | undefined) {
  if (email === undefined) throw new Usage("--email is missing");
  const user = await findUserByEmail(normalizeEmail(email));
  if (user === null) throw new AppError("not_found", `No user has the address ${normalizeEmail(email)}.`);
  return user;
}

async function resetLink(userId: string): Promise<string> {
  return `${new URL(env.POSTURIO_URL).origin}/reset/${await createResetSecret(userId)}`;
}

async function firstLine(stdin: Readable): Promise<string> {
  const lines = createInterface({ input: stdin });
  try {
    for await (const line of lines) return line;
    return "";
  } finally {
    lines.close();
  }
}

async function createAdmin(
  options: { email?: string; name?: string; organization?: string; "password-stdin"?: boolean },
  io: AdminIo,
): Promise<void> {
  const email = emailField.safeParse(options.email ?? "");
  if (!email.success) throw new Usage("--email is missing or not an e-mail address");
  const name = personNameField.safeParse(options.name ?? "");
  if (!name.success) throw new Usage("--name is missing");
  const organization =
    options.organization === undefined ? null : organizationInput.safeParse({ name: options.organization });
  if (organization?.success === false) throw new Usage("--organization is too short or too long");
  const fromStdin = options["password-stdin"] === true;
  // No one knows this password; the link replaces it.
  const password = fromStdin ? await firstLine(io.stdin) : newSecret();
  const userId = await registerUser({ email: email.data, name: name.data, password });
  if (userId === null) {
    throw new AppError(
      "conflict",
      `A user with the address ${email.data} exists already. For a link to set a new password: posturio admin reset-password --email ${email.data}`,
    );
  }
  io.out(`User ${email.data} was created.`);
  if (organization !== null) {
    const { slug } = await createOrganization(userId, organization.data);
    io.out(
      `Organization ${organization.data.name} was created: ${new URL(env.POSTURIO_URL).origin}/o/${slug}`,
    );
  }
  if (!fromStdin) io.out(`Set the password within one hour: ${await resetLink(userId)}`);
}

async function run(argv: readonly string[], io: AdminIo): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      email: { type: "string" },
      name: { type: "string" },
      organization: { type: "string" },
      "password-stdin": { type: "boolean" },
      confirm: { type: "string" },
      on: { type: "boolean" },
      off: { type: "boolean" },
      advance: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help === true) {
    io.out(usage.trimEnd());
    return;
  }
  const [command, ...rest] = positionals;
  if (rest.length > 0) throw new Usage(`unexpected ${rest.join(" ")}`);
  if (command === "create-admin") return createAdmin(values, io);
  if (command === "clock") return clock(values, io);
  const ofOrganization = command === undefined ? undefined : organizationCommands[command];
  if (ofOrganization) return ofOrganization(values, io);
  if (command === "reset-password") {
    const user = await userOf(values.email);
    if (user.disabledAt !== null) throw new AppError("conflict", "This user is disabled.");
    io.out(`Set the password within one hour: ${await resetLink(user.id)}`);
  } else if (command === "disable-user") {
    const user = await userOf(values.email);
    await disableUser(user.id, new Date());
    io.out(`User ${user.email} is disabled and signed out everywhere.`);
  } else if (command === "list-organizations") {
    const rows = await listOrganizations();
    if (rows.length === 0) io.out("There is no organization yet.");
    for (const row of rows) {
      const members = row._count.memberships;
      io.out(
        `${row.slug}\t${row.name}\t${count(members, "member")}\tsince ${row.createdAt.toISOString().slice(0, 10)}`,
      );
    }
  } else {
    throw new Usage(command === undefined ? "name a command" : `there is no command ${command}`);
  }
}

/** `posturio admin …`. Exit code: 0 done, 1 refused or failed, 64 usage. Needs DATABASE_URL of the app role. */
export async function runAdmin(argv: readonly string[], io: AdminIo): Promise<number> {
  try {
    await run(argv, io);
    return 0;
  } catch (error) {
    if (error instanceof Usage || (error instanceof TypeError && "code" in error)) {
      io.err(`${error.message}\n\n${usage}`);
      return 64;
    }
    if (error instanceof AppError) {
      io.err(error.message);
      return 1;
    }
    throw error;
  }
}
