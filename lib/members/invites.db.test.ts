import { describe, expect, it } from "vitest";
import { keyOf, type LimitName, limits } from "@/lib/auth/rate-limit";
import { consumeInvite } from "@/lib/db/system/invites";
import { testDatabase, userIdOf } from "@/lib/db/testing/database";
import { heldInserts } from "@/lib/db/testing/held-inserts";
import { leaveOrganization } from "@/lib/organizations/leave";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withIdentity } from "@/lib/tenancy/with-identity";
import { acceptInvite, previewInvite, signUpThroughInvite } from "./accept-invite";
import { inviterRoles } from "./inviters";
import { inviteMember, listInvites, mostOpenInvites, revokeInvite } from "./invites";

const database = testDatabase();
const password = "several plain words";
let hop = 0;
const here = () => ({ address: `198.51.100.${++hop}`, userAgent: "" });
const secretOf = (link: string) => link.slice(link.lastIndexOf("/") + 1);
const member = { role: "member", canApprove: false } as const;

let invites = 0;
/** An organization with one open invite. */
async function invited() {
  const admin = await database.makeOrganization("Invites");
  const email = `invited-${++invites}@example.test`;
  const { id, link } = await inviteMember(admin, { email, ...member });
  return { admin, email, id, secret: secretOf(link) };
}

/** Open invites that were made before. */
const bulk = (admin: TenantContext, count: number) =>
  database.sql(
    `INSERT INTO invites (tenant_id, email, role, token_hash, invited_by, expires_at)
     SELECT $1::uuid, 'bulk-' || n || '@example.test', 'member', $1::uuid::text || n, $2::uuid, now() + interval '1 day'
     FROM generate_series(1, $3::int) n`,
    [admin.tenantId, userIdOf(admin), count],
  );

describe("open invites", () => {
  it(`are at most ${mostOpenInvites} an organization, also at the same moment; a new one for an old address still goes`, async () => {
    const admin = await database.makeOrganization("Many invites");
    await bulk(admin, mostOpenInvites - 1);
    const results = await heldInserts(database, "invites", 3, () =>
      [1, 2, 3].map((n) => inviteMember(admin, { email: `last-${n}@example.test`, ...member })),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
    await expect(inviteMember(admin, { email: "more@example.test", ...member })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/^100 invites are open, which is the limit.*Withdraw one/),
    });
    await expect(inviteMember(admin, { email: "bulk-1@example.test", ...member })).resolves.toBeDefined();
    expect(await listInvites(admin)).toHaveLength(mostOpenInvites);
  });

  it("are those that may still be accepted, of this organization", async () => {
    const other = await database.makeOrganization("Other invites");
    await bulk(other, mostOpenInvites);
    const { admin, id } = await invited();
    await bulk(admin, mostOpenInvites - 1);
    await database.sql("UPDATE invites SET expires_at = now() - interval '1 second' WHERE tenant_id = $1", [
      admin.tenantId,
    ]);
    expect(await listInvites(admin)).toEqual([]);
    await expect(revokeInvite(admin, { inviteId: id })).rejects.toMatchObject({ code: "not_found" });
    await expect(inviteMember(admin, { email: "room@example.test", ...member })).resolves.toBeDefined();
  });

  it("of a person who leaves end there, and stay in the person's other organizations", async () => {
    const one = await database.makeOrganization("One");
    const inviter = await database.makeMember(one, "admin");
    const { admin: other } = await invited();
    await database.sql("INSERT INTO memberships (tenant_id, user_id, role) VALUES ($1, $2, 'admin')", [
      other.tenantId,
      userIdOf(inviter),
    ]);
    await inviteMember(inviter, { email: "ends@example.test", ...member });
    await database.sql("UPDATE invites SET invited_by = $2 WHERE tenant_id = $1", [
      other.tenantId,
      userIdOf(inviter),
    ]);
    await leaveOrganization(inviter);
    expect(await listInvites(one)).toEqual([]);
    expect(await listInvites(other)).toHaveLength(1);
  });
});

describe("an invite that cannot be used", () => {
  const uses = ({ admin, id }: { admin: TenantContext; id: string }, now = new Date()) =>
    withIdentity(admin, (db) => consumeInvite(db, { tenantId: admin.tenantId, id }, inviterRoles, now));

  it("is that of somebody who is disabled, before and at the moment of using it", async () => {
    const invite = await invited();
    await database.sql("UPDATE users SET disabled_at = now() WHERE id = $1", [userIdOf(invite.admin)]);
    expect(await previewInvite(invite.secret)).toBeNull();
    expect(await uses(invite)).toBe(false);
  });

  it("is one that expires while it is used", async () => {
    const invite = await invited();
    expect(await uses(invite, new Date(Date.now() + 72 * 3600_000 + 1000))).toBe(false);
    expect(await uses(invite)).toBe(true);
    expect(await uses(invite)).toBe(false);
  });

  it("is one to an organization that is being erased", async () => {
    const invite = await invited();
    await database.sql("UPDATE organizations SET erasing_at = now() WHERE id = $1", [invite.admin.tenantId]);
    expect(await previewInvite(invite.secret)).toBeNull();
  });
});

describe("attempts to use invites", () => {
  const fill = (name: LimitName, subject: string) =>
    database.sql("INSERT INTO rate_limits (key, window_start, count) VALUES ($1, now(), $2)", [
      keyOf(name, subject),
      limits[name].max,
    ]);

  it("are limited by network, for those with a user and those without", async () => {
    const { secret } = await invited();
    const guest = await database.makeOrganization("Guest");
    const from = here();
    await fill("inviteByAddress", from.address);
    const refused = { code: "rate_limited" };
    await expect(acceptInvite(userIdOf(guest), { secret }, from)).rejects.toMatchObject(refused);
    await expect(signUpThroughInvite({ secret, name: "New", password }, from)).rejects.toMatchObject(refused);
    await signUpThroughInvite({ secret, name: "New", password }, here());
  });

  it("are limited by person, and by the invited address", async () => {
    const { secret, email } = await invited();
    const guest = await database.makeOrganization("Guest");
    await fill("inviteByPerson", userIdOf(guest));
    await fill("inviteByPerson", email);
    const refused = { code: "rate_limited" };
    await expect(acceptInvite(userIdOf(guest), { secret }, here())).rejects.toMatchObject(refused);
    await expect(signUpThroughInvite({ secret, name: "New", password }, here())).rejects.toMatchObject(
      refused,
    );
  });
});
