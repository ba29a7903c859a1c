import { beforeAll, expect, test } from "vitest";
import { updateAccount } from "@/lib/accounts/edit-account";
import { getAccount } from "@/lib/accounts/list-accounts";
import { startConnection } from "@/lib/accounts/start-connection";
import { testDatabase } from "@/lib/db/testing/database";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { setSchedule } from "./schedule";

const database = testDatabase();
let acme: TenantContext;

beforeAll(async () => {
  process.env.POSTURIO_PRINCIPAL_ARN_AWS = "arn:aws:iam::999999999999:role/posturio-scanner";
  acme = await database.makeOrganization("Acme");
});

async function account(awsAccountId: string, status: string): Promise<string> {
  const { id } = await startConnection(acme, { name: "prod", awsAccountId });
  await database.sql("UPDATE accounts SET status = $2, role_arn = 'x' WHERE id = $1::uuid", [id, status]);
  return id;
}

test("a connected account is scheduled, and taken off the schedule again", async () => {
  const id = await account("777777777777", "connected");
  await setSchedule(acme, { id, everyMinutes: 60 });
  expect(await getAccount(acme, id)).toMatchObject({ everyMinutes: 60, nextScanAt: expect.any(String) });
  await setSchedule(acme, { id, everyMinutes: null });
  expect(await getAccount(acme, id)).toMatchObject({ everyMinutes: null, nextScanAt: null });
});

test("a schedule does not silently replace what someone else has set since, and nothing replaces the schedule", async () => {
  const id = await account("777777777778", "connected");
  const { version } = await getAccount(acme, id);
  await setSchedule(acme, { id, everyMinutes: 60, version });
  const conflict = {
    code: "version_conflict",
    message: expect.stringContaining("scanned every hour"),
    members: { current: { name: "prod", environment: "other", everyMinutes: 60, version: version + 1 } },
  };
  await expect(setSchedule(acme, { id, everyMinutes: 120, version })).rejects.toMatchObject(conflict);
  await expect(updateAccount(acme, { id, name: "late", version })).rejects.toMatchObject(conflict);
  await expect(updateAccount(acme, { id, everyMinutes: null, version })).rejects.toMatchObject(conflict);
  expect(await getAccount(acme, id)).toMatchObject({ name: "prod", everyMinutes: 60 });
  await setSchedule(acme, { id, everyMinutes: 120, version: version + 1 });
  expect(await getAccount(acme, id)).toMatchObject({ everyMinutes: 120, version: version + 2 });
});

test("an account that is not connected yet has no schedule", async () => {
  const { id } = await startConnection(acme, { name: "prod", awsAccountId: "888888888888" });
  const change = setSchedule(acme, { id, everyMinutes: 60 });
  await expect(change).rejects.toMatchObject({ code: "conflict" });
});

test("anything but hourly to weekly is refused", async () => {
  const id = await account("999999999990", "connected");
  for (const everyMinutes of [5, 59, 7 * 24 * 60 + 1]) {
    const change = setSchedule(acme, { id, everyMinutes });
    await expect(change).rejects.toMatchObject({ code: "invalid_input" });
  }
});
