import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cliTemplate } from "@/lib/aws/customer-role/cli-template";
import { cloudFormationTemplate } from "@/lib/aws/customer-role/cloudformation-template";
import type { RoleTemplateInput } from "@/lib/aws/customer-role/role-template";
import { terraformTemplate } from "@/lib/aws/customer-role/terraform-template";

const bin = process.env.POSTURIO_LINT ?? fileURLToPath(new URL("../../.posturio/lint/bin", import.meta.url));

const plain: RoleTemplateInput = {
  externalId: "pst_0123456789abcdef0123456789abcdef",
  principalArn: "arn:aws:iam::999999999999:role/posturio-scanner",
};
const worlds: Readonly<Record<string, RoleTemplateInput>> = {
  plain,
  prescribed: {
    ...plain,
    roleName: "audit-Posturio",
    rolePath: "/security/audit/",
    permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/Boundary",
    logBucket: "acme-logs",
    tags: ["Cost Center", "Owner", "Team", "Stage"].map((key) => ({ key, value: "12 34" })),
  },
};

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "posturio-role-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(command: string, ...args: readonly string[]): Promise<{ code: number; out: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, LOG_LEVEL: "ERROR" };
    execFile(command, [...args], { cwd: folder, env, timeout: 300_000 }, (error, out, errors) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, out: `${out}${errors}` });
    });
  });
}

function write(name: string, ending: string, text: string): string {
  mkdirSync(join(folder, name), { recursive: true });
  const file = join(folder, name, `role.${ending}`);
  writeFileSync(file, text);
  return file;
}

/** `aws` prints what it was given, an argument a line. */
test("a shell reads the commands as they are meant", async () => {
  for (const [name, input] of Object.entries(worlds)) {
    const file = write(name, "sh", `aws() { printf '%s\\n' "$@"; }\n${cliTemplate(input)}`);
    const { code, out } = await run("sh", file);
    expect(code, out).toBe(0);
    const words = out.split("\n");
    const after = (option: string) => words[words.indexOf(option) + 1];
    expect(after("--role-name")).toBe(input.roleName ?? "PosturioReadOnly");
    if (input.rolePath) expect(after("--path")).toBe(input.rolePath);
    if (input.permissionsBoundaryArn) {
      expect(after("--permissions-boundary")).toBe(input.permissionsBoundaryArn);
    }
    if (input.tags) expect(JSON.parse(after("--tags") ?? "")).toHaveLength(input.tags.length);
  }
});

if (!existsSync(join(bin, "checkov"))) {
  console.warn("ROLE TEMPLATES NOT LINTED: install cfn-lint, checkov and python-hcl2 into .posturio/lint");
}

describe.skipIf(!existsSync(join(bin, "checkov")))("judges that are not ours", () => {
  const templates = { ...worlds, published: undefined };

  test("cfn-lint has nothing to say of the template", async () => {
    const files = Object.entries(templates).map(([name, input]) =>
      write(name, "yaml", cloudFormationTemplate(input)),
    );
    const { code, out } = await run(join(bin, "cfn-lint"), ...files);
    expect(`${code} ${out}`).toBe("0 ");
  });

  test("checkov finds no fault in either form", { timeout: 300_000 }, async () => {
    const checked = Object.entries(worlds).flatMap(([name, input]) => [
      write(name, "yaml", cloudFormationTemplate(input)),
      write(name, "tf", terraformTemplate(input)),
    ]);
    const files = checked.flatMap((file) => ["--file", file]);
    const { code, out } = await run(
      join(bin, "checkov"),
      "--quiet",
      "--compact",
      "--skip-download",
      ...files,
    );
    expect(code, out).toBe(0);
    // What it skips is the one check for which the Terraform file gives its reason.
    expect([...out.matchAll(/(?:Failed|Skipped) checks: \d+/g)].map(([said]) => said)).toEqual([
      "Failed checks: 0",
      `Skipped checks: ${Object.keys(worlds).length}`,
      "Failed checks: 0",
      "Skipped checks: 0",
    ]);
  });

  test("HCL is parsed with its variables", async () => {
    const program =
      "import hcl2,json,sys; print(json.dumps([sorted(next(iter(v)) for v in hcl2.load(open(f))['variable']) for f in sys.argv[1:]]))";
    const files = Object.entries(worlds).map(([name, input]) => write(name, "tf", terraformTemplate(input)));
    const { code, out } = await run(join(bin, "python3"), "-c", program, ...files);
    expect(code, out).toBe(0);
    const found = JSON.parse(out) as string[][];
    expect(found.map((names) => names.map((name) => name.replaceAll('"', "")))).toEqual(
      Object.values(worlds).map(({ logBucket }) => [
        ...(logBucket === undefined ? [] : ["posturio_log_bucket"]),
        "posturio_permissions_boundary_arn",
        "posturio_role_name",
        "posturio_role_path",
        "posturio_tags",
      ]),
    );
  });
});
