import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { resetPassword } from "@/lib/auth/password-reset";
import { hashSecret } from "@/lib/auth/secret";
import { resolveSession } from "@/lib/auth/session";
import { signIn } from "@/lib/auth/sign-in";
import { testDatabase } from "@/lib/db/testing/database";
import { runAdmin } from "./admin";

testDatabase();
const here = { address: "192.0.2.1", userAgent: "" };
const password = "several plain words";

async function admin(args: string[], stdin = "") {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: (line: string) => out.push(line),
    err: (line: string) => err.push(line),
    stdin: Readable.from([stdin]),
  };
  return { code: await runAdmin(args, io), out: out.join("\n"), err: err.join("\n") };
}

const secretIn = (text: string) => /\/reset\/([\w-]+)/.exec(text)?.[1] ?? "";

describe("posturio admin", () => {
  it("creates an admin whose password is set through the printed link", async () => {
    const email = "ops@example.test";
    const created = await admin([
      "create-admin",
      "--email",
      email,
      "--name",
      "Ops",
      "--organization",
      "Operations",
    ]);
    expect(created).toMatchObject({ code: 0, err: "" });
    await resetPassword({ secret: secretIn(created.out), newPassword: password }, here);
    await signIn({ email, password }, here);
    expect((await admin(["list-organizations"])).out).toMatch(/^operations\tOperations\t1 member\t/);
  });

  it("takes the password from standard input and never prints one", async () => {
    const email = "stdin@example.test";
    const created = await admin(
      ["create-admin", "--email", email, "--name", "S", "--password-stdin"],
      `${password}\n`,
    );
    expect(created.code).toBe(0);
    expect(created.out).not.toContain(password);
    await signIn({ email, password }, here);
    const weak = await admin(
      ["create-admin", "--email", "weak@example.test", "--name", "W", "--password-stdin"],
      "short\n",
    );
    expect(weak.code).toBe(1);
  });

  it("disables a user, whose sessions end, and gives no reset link afterwards", async () => {
    const email = "gone@example.test";
    await admin(["create-admin", "--email", email, "--name", "G", "--password-stdin"], `${password}\n`);
    const { sid } = await signIn({ email, password }, here);
    expect((await admin(["disable-user", "--email", "GONE@example.test"])).code).toBe(0);
    expect(await resolveSession(hashSecret(sid))).toBeNull();
    expect((await admin(["reset-password", "--email", email])).code).toBe(1);
  });

  it.each([
    [[]],
    [["fly"]],
    [["reset-password"]],
    [["create-admin", "--email", "x", "--name", "y"]],
    [["disable-user", "--nope"]],
  ])("explains itself for %j", async (args) =>
    expect(await admin(args)).toMatchObject({
      code: 64,
      out: "",
      err: expect.stringContaining("posturio admin"),
    }),
  );

  it("reports a taken address to the operator, and what would help", async () => {
    const again = ["create-admin", "--email", "Taken@example.test", "--name", "T"];
    expect((await admin(again)).code).toBe(0);
    const taken = await admin(again);
    expect(taken).toMatchObject({ code: 1, out: "" });
    expect(taken.err).toContain("reset-password --email taken@example.test");
  });

  it("prints its usage when asked for it", async () => {
    expect(await admin(["--help"])).toMatchObject({ code: 0, err: "" });
    expect((await admin(["create-admin", "--help"])).out).toContain("list-organizations");
  });

  it("says when there is no such user", async () => {
    expect(await admin(["disable-user", "--email", "nobody@example.test"])).toMatchObject({ code: 1 });
  });
});
