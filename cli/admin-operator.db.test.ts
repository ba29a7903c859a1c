import { Readable } from "node:stream";
import { beforeEach, describe, expect, test } from "vitest";
import { assertClock } from "@/lib/db/system/clock";
import { testDatabase } from "@/lib/db/testing/database";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { runAdmin } from "./admin";

const database = testDatabase();
let acme: TenantContext;

async function admin(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: (line: string) => out.push(line),
    err: (line: string) => err.push(line),
    stdin: Readable.from([""]),
  };
  return { code: await runAdmin(args, io), out: out.join("\n"), err: err.join("\n") };
}

beforeEach(async () => {
  acme = await database.makeOrganization("Acme");
});

describe("posturio admin erase-organization", () => {
  test("asks for the address name twice, closes the organization and leaves the rest to the worker", async () => {
    const unsure = await admin("erase-organization", "--organization", acme.slug);
    expect(unsure).toMatchObject({ code: 64, out: "" });
    expect(unsure.err).toContain(`--confirm ${acme.slug}`);
    const sure = await admin("erase-organization", "--organization", acme.slug, "--confirm", acme.slug);
    expect(sure).toMatchObject({ code: 0, err: "" });
    expect(sure.out).toContain("is closed");
    const [item] = await database.sql("SELECT kind, state FROM work_items WHERE subject_id = $1", [
      acme.tenantId,
    ]);
    expect(item).toEqual({ kind: "organization.erase", state: "queued" });
    const again = await admin("erase-organization", "--organization", acme.slug, "--confirm", acme.slug);
    expect(again.out).toContain("has been closed since");
  });

  test("is refused under a legal hold, with the way to lift it", async () => {
    expect((await admin("legal-hold", "--organization", acme.slug, "--on")).out).toContain("legal hold");
    const refused = await admin("erase-organization", "--organization", acme.slug, "--confirm", acme.slug);
    expect(refused).toMatchObject({ code: 1, out: "" });
    expect(refused.err).toContain("--off");
    expect((await admin("legal-hold", "--organization", acme.slug, "--off")).out).toContain("lifted");
    expect((await admin("legal-hold", "--organization", acme.slug)).code).toBe(64);
  });

  test("says when there is no such organization", async () => {
    expect(
      await admin("erase-organization", "--organization", "nobody", "--confirm", "nobody"),
    ).toMatchObject({
      code: 1,
      err: expect.stringContaining("nobody"),
    });
  });
});

describe("posturio admin clock", () => {
  test("moves business times, and an installation that is no demo does not start then", async () => {
    expect((await admin("clock")).out).toContain("0.0 days ahead");
    expect((await admin("clock", "--advance", "30d")).out).toContain("30.0 days ahead");
    await expect(assertClock(true)).resolves.toBeUndefined();
    await expect(assertClock(false)).rejects.toThrow("ahead");
    await database.sql("UPDATE installation_clock SET ahead_seconds = 0");
    await expect(assertClock(false)).resolves.toBeUndefined();
  });

  test.each(["30", "-1d", "soon", "1.5h"])("does not understand %s", async (advance) => {
    expect(await admin("clock", `--advance=${advance}`)).toMatchObject({ code: 64 });
  });
});
