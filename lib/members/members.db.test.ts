import { describe, expect, it } from "vitest";
import { hashSecret } from "@/lib/auth/secret";
import { resolveSession } from "@/lib/auth/session";
import { findUserByEmail } from "@/lib/db/system/identity";
import { consumeInvite } from "@/lib/db/system/invites";
import { testDatabase, userIdOf } from "@/lib/db/testing/database";
import { leaveOrganization } from "@/lib/organizations/leave";
import { requireTenantFromToken, tenantForUser } from "@/lib/tenancy/require-tenant";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withIdentity } from "@/lib/tenancy/with-identity";
import { createToken, listTokens } from "@/lib/tokens/tokens";
import { acceptInvite, previewInvite, signUpThroughInvite } from "./accept-invite";
import { disablePerson } from "./disable-person";
import { inviteMember, listInvites, revokeInvite } from "./invites";
import { changeRole, listMembers, removeMember } from "./members";

const database = testDatabase();
const password = "several plain words";
let hop = 0;
const here = () => ({ address: `198.51.100.${++hop}`, userAgent: "" });
const secretOf = (link: string) => link.slice(link.lastIndexOf("/") + 1);
const member = { role: "member", canApprove: false } as const;
const actions = async (ctx: TenantContext) =>
  (
    await database.sql<{ action: string }>("SELECT action FROM audit_log WHERE tenant_id = $1 ORDER BY at", [
      ctx.tenantId,
    ])
  ).map((row) => row.action);

describe("an invite", () => {
  it("lets exactly one person in, with the role fixed when it was made", async () => {
    const admin = await database.makeOrganization("Acme");
    const one = await database.makeOrganization("One");
    const two = await database.makeOrganization("Two");
    const { link } = await inviteMember(admin, { email: "new@example.test", role: "lead", canApprove: true });
    const secret = secretOf(link);
    expect(await previewInvite(secret)).toMatchObject({
      organizationName: "Acme",
      role: "lead",
      canApprove: true,
    });
    const results = await Promise.allSettled(
      [one, two].map((ctx) => acceptInvite(userIdOf(ctx), { secret }, here())),
    );
    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
    const joined = (await listMembers(admin)).filter((row) => row.userId !== userIdOf(admin));
    expect(joined).toMatchObject([{ role: "lead", canApprove: true }]);
    expect(await previewInvite(secret)).toBeNull();
    expect(await actions(admin)).toEqual(["member.invited", "member.joined"]);
  });

  it("signs a new person up for the invited address and signs them in", async () => {
    const admin = await database.makeOrganization("Signup");
    const { link } = await inviteMember(admin, { email: "fresh@example.test", ...member });
    const input = { secret: secretOf(link), name: "Fresh", password };
    const { slug, sid } = await signUpThroughInvite(input, here());
    expect(slug).toBe(admin.slug);
    expect((await resolveSession(hashSecret(sid)))?.email).toBe("fresh@example.test");
    await expect(signUpThroughInvite(input, here())).rejects.toMatchObject({ code: "not_found" });
  });

  it("makes no user when it cannot be used, and stays open when the address has one", async () => {
    const admin = await database.makeOrganization("Atomic");
    const { link, id } = await inviteMember(admin, { email: "late@example.test", ...member });
    await revokeInvite(admin, { inviteId: id });
    const input = { secret: secretOf(link), name: "Late", password };
    await expect(signUpThroughInvite(input, here())).rejects.toMatchObject({ code: "not_found" });
    expect(await findUserByEmail("late@example.test")).toBeNull();

    const other = await database.makeOrganization("Has a user");
    const email = other.principal.type === "user" ? other.principal.email : "";
    const second = await inviteMember(admin, { email, ...member });
    const again = { secret: secretOf(second.link), name: "X", password };
    await expect(signUpThroughInvite(again, here())).rejects.toMatchObject({ code: "conflict" });
    expect(await previewInvite(again.secret)).not.toBeNull();
  });

  it("ends after 72 hours, when withdrawn, and when a new one is made for the address", async () => {
    const admin = await database.makeOrganization("Expiry");
    const guest = await database.makeOrganization("Guest");
    const old = await inviteMember(admin, { email: "e@example.test", ...member });
    const fresh = await inviteMember(admin, { email: "e@example.test", ...member });
    expect(await previewInvite(secretOf(old.link))).toBeNull();
    expect(await listInvites(admin)).toHaveLength(1);
    const later = new Date(Date.now() + 72 * 3600_000 + 1000);
    await expect(
      acceptInvite(userIdOf(guest), { secret: secretOf(fresh.link) }, here(), later),
    ).rejects.toMatchObject({ code: "not_found" });
    await revokeInvite(admin, { inviteId: fresh.id });
    expect(await previewInvite(secretOf(fresh.link))).toBeNull();
  });

  it("is opened by its secret alone, which is stored as a hash, with one answer for every other text", async () => {
    const admin = await database.makeOrganization("Hash");
    const { link } = await inviteMember(admin, { email: "h@example.test", ...member });
    const stored = await database.sql<{ token_hash: string }>("SELECT * FROM invites");
    expect(JSON.stringify(stored)).not.toContain(secretOf(link));
    for (const guess of ["", "x", stored[0]?.token_hash ?? "", `${secretOf(link)}x`]) {
      expect(await previewInvite(guess)).toBeNull();
    }
  });

  it("is not spent by somebody who is a member already", async () => {
    const admin = await database.makeOrganization("Spent");
    const { link } = await inviteMember(admin, { email: "s@example.test", ...member });
    await expect(acceptInvite(userIdOf(admin), { secret: secretOf(link) }, here())).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await previewInvite(secretOf(link))).not.toBeNull();
  });
});

describe("the invites of a person who may no longer invite", () => {
  const guest = { address: "203.0.113.1", userAgent: "" };
  const open = async (secret: string) => (await previewInvite(secret)) !== null;

  /** An admin with a link they kept, and what ends their right to invite. */
  const ways: [string, (admin: TenantContext, inviter: TenantContext) => Promise<void>, string[]][] = [
    ["removed", (admin, inviter) => removeMember(admin, { userId: userIdOf(inviter) }), ["member.removed"]],
    [
      "demoted",
      (admin, inviter) => changeRole(admin, { userId: userIdOf(inviter), role: "lead", canApprove: true }),
      ["member.role_changed"],
    ],
    ["gone by themselves", (_admin, inviter) => leaveOrganization(inviter), ["member.left"]],
    [
      "disabled",
      async (_admin, inviter) => {
        await createToken(inviter, { name: "CI", scopes: ["read"], days: 1 });
        expect(await disablePerson(userIdOf(inviter))).toEqual({ workingTokens: 1 });
      },
      ["token.created", "member.disabled"],
    ],
  ];

  it.each(ways)("end when the person is %s, in the same transaction", async (_way, end, told) => {
    const admin = await database.makeOrganization("Kept link");
    const inviter = await database.makeMember(admin, "admin");
    const elsewhere = await database.makeOrganization("Elsewhere");
    const { link } = await inviteMember(inviter, {
      email: "kept@example.test",
      role: "admin",
      canApprove: true,
    });
    const others = await inviteMember(admin, { email: "others@example.test", ...member });
    await end(admin, inviter);
    expect(await open(secretOf(link))).toBe(false);
    expect(await open(secretOf(others.link))).toBe(true);
    for (const ctx of [inviter, elsewhere]) {
      await expect(acceptInvite(userIdOf(ctx), { secret: secretOf(link) }, guest)).rejects.toMatchObject({
        code: "not_found",
      });
    }
    expect((await actions(admin)).slice(2)).toEqual([...told, "member.invite_revoked"]);
    expect(await listInvites(admin)).toHaveLength(1);
  });

  it("stay when a change leaves the right to invite", async () => {
    const admin = await database.makeOrganization("Still admin");
    const inviter = await database.makeMember(admin, "admin", true);
    const { link } = await inviteMember(inviter, { email: "still@example.test", ...member });
    await changeRole(admin, { userId: userIdOf(inviter), role: "admin", canApprove: false });
    expect(await open(secretOf(link))).toBe(true);
  });

  it("open nothing even while they stand open: acceptance asks what the inviter may do now", async () => {
    const admin = await database.makeOrganization("Second lock");
    const inviter = await database.makeMember(admin, "admin");
    const person = await database.makeOrganization("Person");
    const { link, id } = await inviteMember(inviter, { email: "late@second.test", ...member });
    const secret = secretOf(link);
    const standings = [
      "UPDATE memberships SET role = 'lead' WHERE tenant_id = $1 AND user_id = $2",
      "DELETE FROM memberships WHERE tenant_id = $1 AND user_id = $2",
    ];
    for (const sql of standings) {
      await database.sql(sql, [admin.tenantId, userIdOf(inviter)]);
      expect(await open(secret)).toBe(false);
      await expect(acceptInvite(userIdOf(person), { secret }, guest)).rejects.toMatchObject({
        code: "not_found",
      });
      const signUp = { secret, name: "Late", password };
      await expect(signUpThroughInvite(signUp, guest)).rejects.toMatchObject({ code: "not_found" });
      // The statement that uses the link holds by itself: a preview may be older than the removal.
      const used = await withIdentity(admin, (db) =>
        consumeInvite(db, { tenantId: admin.tenantId, id }, ["admin"], new Date()),
      );
      expect(used).toBe(false);
    }
  });

  it("let nobody in when accepted at the moment of the removal", async () => {
    const person = await database.makeOrganization("Racer");
    for (let round = 0; round < 8; round++) {
      const admin = await database.makeOrganization(`Removal race ${round}`);
      const inviter = await database.makeMember(admin, "admin");
      const { link } = await inviteMember(inviter, { email: "race@example.test", ...member });
      const [joined] = await Promise.allSettled([
        acceptInvite(userIdOf(person), { secret: secretOf(link) }, here()),
        removeMember(admin, { userId: userIdOf(inviter) }),
      ]);
      const log = await actions(admin);
      // Before it or not at all: a link that was revoked was not used.
      expect(log.includes("member.joined")).toBe(joined.status === "fulfilled");
      expect(log.includes("member.invite_revoked")).toBe(joined.status === "rejected");
    }
  });
});

describe("the API tokens of a person who is removed", () => {
  it("are told to admins, end when named, and go on otherwise, which the list of tokens says", async () => {
    const admin = await database.makeOrganization("Tokens");
    const inviter = await database.makeMember(admin, "admin");
    const make = (name: string, ctx = inviter) =>
      createToken(ctx, { name, scopes: ["read"], days: 1 }) as Promise<{ id: string; token: string }>;
    const [kept, ended, own] = [await make("kept"), await make("ended"), await make("own", admin)];
    const theirs = (await listMembers(admin)).find(({ userId }) => userId === userIdOf(inviter));
    expect(theirs?.tokens.map(({ name }) => name).sort()).toEqual(["ended", "kept"]);
    const lead = await database.makeMember(admin, "lead");
    expect((await listMembers(lead)).flatMap(({ tokens }) => tokens)).toEqual([]);

    // A token of somebody else is not ended on the way.
    await removeMember(admin, { userId: userIdOf(inviter), alsoEnd: [ended.id, own.id] });
    const reads = ({ token }: { token: string }) =>
      requireTenantFromToken(`Bearer ${token}`, "organization.view").then(
        () => "works",
        ({ code }) => code,
      );
    expect(await Promise.all([kept, ended, own].map(reads))).toEqual(["works", "unauthenticated", "works"]);
    const rows = await listTokens(admin);
    expect(Object.fromEntries(rows.map(({ name, state, creator }) => [name, [state, creator.is]]))).toEqual({
      kept: ["active", "left"],
      ended: ["revoked", "left"],
      own: ["active", "member"],
    });
    expect((await actions(admin)).slice(-2)).toEqual(["member.removed", "token.revoked"]);
  });
});

describe("the last admin", () => {
  it("can neither leave, be removed nor be demoted", async () => {
    const admin = await database.makeOrganization("Last");
    await database.makeMember(admin, "lead");
    const userId = userIdOf(admin);
    const refused = { code: "conflict" };
    await expect(leaveOrganization(admin)).rejects.toMatchObject(refused);
    await expect(removeMember(admin, { userId })).rejects.toMatchObject(refused);
    await expect(changeRole(admin, { userId, ...member })).rejects.toMatchObject(refused);
  });

  it("is one who can sign in: a disabled admin rescues nobody", async () => {
    const admin = await database.makeOrganization("Disabled");
    const second = await database.makeMember(admin, "admin");
    await disablePerson(userIdOf(second));
    await expect(leaveOrganization(admin)).rejects.toMatchObject({ code: "conflict" });
  });

  it("remains when two admins leave at the same moment", async () => {
    const first = await database.makeOrganization("Race");
    const second = await database.makeMember(first, "admin");
    const results = await Promise.allSettled([leaveOrganization(first), leaveOrganization(second)]);
    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("roles", () => {
  it("take effect at the next request, and removal closes the door", async () => {
    const admin = await database.makeOrganization("Roles");
    const person = await database.makeMember(admin, "member");
    await changeRole(admin, { userId: userIdOf(person), role: "lead", canApprove: false });
    const again = await tenantForUser(userIdOf(person), admin.slug, "account.connect");
    expect(again.role).toBe("lead");
    await removeMember(admin, { userId: userIdOf(person) });
    await expect(tenantForUser(userIdOf(person), admin.slug, "organization.view")).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await actions(admin)).toEqual(["member.role_changed", "member.removed"]);
  });

  it("let admins alone manage members", async () => {
    const admin = await database.makeOrganization("Managers");
    for (const role of ["lead", "member", "auditor"] as const) {
      const ctx = await database.makeMember(admin, role);
      const forbidden = { code: "forbidden" };
      await expect(inviteMember(ctx, { email: "f@example.test", ...member })).rejects.toMatchObject(
        forbidden,
      );
      await expect(removeMember(ctx, { userId: userIdOf(admin) })).rejects.toMatchObject(forbidden);
      await expect(
        changeRole(ctx, { userId: userIdOf(ctx), role: "admin", canApprove: true }),
      ).rejects.toMatchObject(forbidden);
      await expect(listInvites(ctx)).rejects.toMatchObject(forbidden);
      expect((await listMembers(ctx)).length).toBeGreaterThan(1);
    }
  });

  it("keep the right to approve when only the role changes, and take it from an auditor", async () => {
    const admin = await database.makeOrganization("Keepers");
    const person = await database.makeMember(admin, "member", true);
    const stands = async () =>
      (await listMembers(admin)).find(({ userId }) => userId === userIdOf(person))?.canApprove;
    await changeRole(admin, { userId: userIdOf(person), role: "lead" });
    expect(await stands()).toBe(true);
    await changeRole(admin, { userId: userIdOf(person), role: "auditor" });
    expect(await stands()).toBe(false);
  });

  it("let no auditor approve", async () => {
    const admin = await database.makeOrganization("Auditors");
    const input = { email: "a@example.test", role: "auditor", canApprove: true } as const;
    await expect(inviteMember(admin, input)).rejects.toMatchObject({ code: "invalid_input" });
  });
});

describe("another organization", () => {
  it("is out of reach of every use case, with the answer of something that does not exist", async () => {
    const a = await database.makeOrganization("A");
    const b = await database.makeOrganization("B");
    const target = await database.makeMember(b, "member");
    const { id } = await inviteMember(b, { email: "b@example.test", ...member });
    const unknown = "00000000-0000-4000-8000-000000000000";
    for (const userId of [userIdOf(target), unknown]) {
      await expect(removeMember(a, { userId })).rejects.toMatchObject({ code: "not_found" });
      await expect(changeRole(a, { userId, ...member })).rejects.toMatchObject({ code: "not_found" });
    }
    for (const inviteId of [id, unknown]) {
      await expect(revokeInvite(a, { inviteId })).rejects.toMatchObject({ code: "not_found" });
    }
    const seen = JSON.stringify([await listMembers(a), await listInvites(a)]);
    expect(seen).not.toContain(userIdOf(target));
    expect(seen).not.toContain("b@example.test");
    expect(await listMembers(b)).toHaveLength(2);
    await expect(tenantForUser(userIdOf(a), b.slug, "organization.view")).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(
      tenantForUser(userIdOf(a), "no-such-organization", "organization.view"),
    ).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
