import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { limits } from "@/lib/auth/rate-limit";
import { testDatabase } from "@/lib/db/testing/database";
import { whoMay } from "@/lib/members/who-may";
import type { Role } from "@/lib/tenancy/permissions";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { mayScanFinding, scanFinding } from "./scan-finding";

const database = testDatabase();
let acme: TenantContext;
let accountId: string;

beforeEach(async () => {
  acme = await database.makeOrganization("Acme");
  accountId = await addAccount();
});

let lastAwsAccount = 111122223333;

async function addAccount(): Promise<string> {
  const id = randomUUID();
  await database.sql(
    `INSERT INTO accounts (tenant_id, id, aws_account_id, partition, name, external_id, role_arn, status, connected_at)
     VALUES ($1, $2::uuid, $3, 'aws', 'prod', $2::text, 'x', 'connected', now())`,
    [acme.tenantId, id, String(++lastAwsAccount)],
  );
  return id;
}

let lastNumber = 0;

/** A finding of the account; answers its key. */
async function addFinding(observation: string, account = accountId): Promise<string> {
  lastNumber += 1;
  await database.sql(
    `INSERT INTO findings (tenant_id, id, account_id, check_id, number, status, observation, observation_since)
     VALUES ($1, gen_random_uuid(), $2, $3, $4, 'open', $5, now())`,
    [acme.tenantId, account, `check.${lastNumber}`, lastNumber, observation],
  );
  return `PST-${lastNumber}`;
}

const scan = (ctx: TenantContext, key: string) => scanFinding(ctx, { key, trigger: "manual" });
const endScans = () =>
  database.sql("UPDATE scans SET status = 'complete' WHERE tenant_id = $1", [acme.tenantId]);

test("a member has a failing or an unknown finding scanned, and no other; an auditor none", async () => {
  const keys = {
    failing: await addFinding("failing"),
    unknown: await addFinding("unknown"),
    passing: await addFinding("passing"),
  };
  const allowed = {
    admin: ["failing", "unknown", "passing"],
    lead: ["failing", "unknown", "passing"],
    member: ["failing", "unknown"],
    auditor: [],
  } as const;
  for (const [role, observations] of Object.entries(allowed)) {
    const person = await database.makeMember(acme, role as Role);
    for (const observation of ["failing", "unknown", "passing"] as const) {
      const outcome = await scan(person, keys[observation]).then(
        () => "scanned",
        ({ code }) => code,
      );
      const isAllowed = (observations as readonly string[]).includes(observation);
      expect([role, observation, outcome]).toEqual([role, observation, isAllowed ? "scanned" : "forbidden"]);
      expect([role, observation, mayScanFinding(person, observation)]).toEqual([
        role,
        observation,
        isAllowed,
      ]);
    }
  }
});

test("members have one account scanned 6 times an hour, whoever of them asks; leads go on", async () => {
  const key = await addFinding("failing");
  const [one, other] = [await database.makeMember(acme, "member"), await database.makeMember(acme, "member")];
  for (let n = 0; n < limits.memberScansOfAccount.max; n += 1) {
    await scan(n % 2 === 0 ? one : other, key);
    await endScans();
  }
  await expect(scan(one, key)).rejects.toMatchObject({
    code: "rate_limited",
    message: expect.stringContaining("6 times within an hour"),
  });
  await scan(await database.makeMember(acme, "lead"), key);
  // A scan that is under way is shown to everybody: it costs nothing.
  await scan(one, key);
});

test("one person asks for 30 scans an hour, over all accounts", async () => {
  const member = await database.makeMember(acme, "member");
  const asked = limits.memberScansByPerson.max;
  for (let n = 0; n < asked; n += limits.memberScansOfAccount.max) {
    const key = await addFinding("failing", await addAccount());
    for (let m = 0; m < limits.memberScansOfAccount.max; m += 1) {
      await scan(member, key);
      await endScans();
    }
    // What the account's count refuses does not count for the person.
    await expect(scan(member, key)).rejects.toMatchObject({ code: "rate_limited" });
  }
  const fresh = await addFinding("failing", await addAccount());
  await expect(scan(member, fresh)).rejects.toMatchObject({
    message: expect.stringContaining("30 scans within an hour"),
  });
  await scan(await database.makeMember(acme, "member"), fresh);
});

test("a finding of another organization is not found", async () => {
  const key = await addFinding("failing");
  const beta = await database.makeOrganization("Beta");
  await expect(scan(beta, key)).rejects.toMatchObject({ code: "not_found" });
  await expect(scan(beta, "PST-0")).rejects.toMatchObject({ code: "not_found" });
});

test("people who can sign in and may do it are named", async () => {
  const auditor = await database.makeMember(acme, "auditor");
  const lead = await database.makeMember(acme, "lead");
  const gone = await database.makeMember(acme, "lead");
  await database.makeMember(acme, "member");
  const idOf = ({ principal }: TenantContext) => (principal.type === "user" ? principal.userId : "");
  await database.identity.user.update({ where: { id: idOf(gone) }, data: { disabledAt: new Date() } });
  const nameOf = ({ principal }: TenantContext) => (principal.type === "user" ? principal.name : "");
  expect(await whoMay(auditor, "scan.request")).toEqual([nameOf(acme), nameOf(lead)]);
});
