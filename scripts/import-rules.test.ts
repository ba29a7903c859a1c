import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withImportRules } from "./import-rules.mjs";

/**
 * Biome enforces the dependency rule of docs/architecture.md. A linter that silently stopped looking would
 * report success, so each rule is shown a violation here and must object, and a permitted import must pass.
 * The violations stand in a temporary tree with the same folders and the real biome.json.
 */
const forbidden: readonly (readonly [file: string, specifier: string, message: RegExp])[] = [
  ["lib/checks/probe.ts", "@/lib/db/client", /lib\/checks is pure/],
  ["lib/checks/probe.ts", "node:fs", /lib\/checks is pure/],
  ["lib/checks/cloudtrail/x/probe.ts", "@aws-sdk/client-cloudtrail", /lib\/checks is pure/],
  ["lib/checks/probe.ts", "../env", /Across folders/],
  ["lib/aws/probe.ts", "@/lib/tenancy/with-tenant", /may not judge, store, or know an organization/],
  ["lib/db/probe.ts", "@/lib/scans/run-scan", /is at the bottom/],
  ["lib/tenancy/with-tenant.ts", "@/lib/auth/session", /Only require-tenant/],
  ["lib/tenancy/probe.ts", "@/lib/findings/list-findings", /The door knows no features/],
  ["lib/auth/probe.ts", "@/lib/tenancy/with-tenant", /knows no tenant/],
  ["lib/scans/probe.ts", "@/lib/db/client", /take a TenantDb/],
  ["lib/findings/probe.ts", "@/lib/db/reader", /take a TenantDb/],
  ["lib/scans/probe.ts", "@prisma/client", /Only lib\/db talks to Prisma/],
  ["lib/scans/probe.ts", "@aws-sdk/client-sts", /only importer of the AWS SDK/],
  ["lib/scans/probe.ts", "@/lib/http/route", /know nothing of requests/],
  ["lib/findings/probe.ts", "@/lib/scans/run-scan", /they not scans/],
  ["lib/accounts/probe.ts", "@/lib/scans/run-scan", /they not scans/],
  ["lib/members/probe.ts", "@/lib/findings/list-findings", /are below/],
  ["lib/work-items/probe.ts", "@/workers/main", /imports point down only/],
  ["app/(product)/probe.tsx", "@/lib/db/system/identity", /one door/],
  ["app/(product)/probe.tsx", "@/lib/aws/collect", /AWS work is a job/],
  ["app/(product)/probe.tsx", "bullmq", /reached through lib\/work-items/],
  ["app/(product)/probe.tsx", "@/sandbox/server", /does not know that the sandbox exists/],
  ["lib/offline/probe.ts", "node:fs", /lib\/checks is pure/],
  ["lib/offline/probe.ts", "@/lib/runs/failure-groups", /lib\/offline judges what people paste/],
  ["lib/installation/probe.ts", "@/lib/scans/run-scan", /the product's own code is not needed/],
  ["lib/evidence/probe.ts", "@/lib/tenancy/with-tenant", /is at the bottom/],
  ["lib/paging/probe.ts", "@/lib/findings/list-findings", /is at the bottom/],
  ["lib/input/probe.ts", "@/lib/http/route", /know nothing of requests/],
  ["lib/input/probe.ts", "@/lib/accounts/account-input", /is at the bottom/],
  ["components/probe.tsx", "@/lib/input/parse", /nothing else of lib/],
  ["lib/history/probe.ts", "@/lib/scans/run-scan", /Features build on runs and history/],
  ["lib/runs/probe.ts", "@/cli/check", /imports point down only/],
  ["cli/probe.ts", "@/workers/main", /are side by side/],
  ["app/(product)/probe.tsx", "@/lib/installation/migrate", /one door/],
  ["components/probe.tsx", "@/lib/findings/list-findings", /nothing else of lib/],
  ["components/probe.tsx", "@/lib/findings/lifecycle/transition", /nothing else of lib/],
  ["components/probe.tsx", "@/lib/env", /nothing else of lib/],
  ["components/probe.tsx", "next/link", /reads every page ahead/],
  ["app/(product)/probe.tsx", "next/link", /reads every page ahead/],
  ["workers/probe.ts", "@/lib/http/route", /know nothing of requests/],
  ["workers/probe.ts", "next/headers", /outside Next\.js/],
  ["sandbox/probe.ts", "@/lib/checks/registry", /independent witness/],
];

const allowed: readonly (readonly [file: string, specifier: string])[] = [
  ["lib/checks/probe.ts", "@/lib/checks/evaluation"],
  ["lib/checks/probe.ts", "@/lib/words"],
  ["lib/aws/probe.ts", "@aws-sdk/client-sts"],
  ["lib/tenancy/require-tenant.ts", "@/lib/auth/session"],
  ["lib/scans/probe.ts", "@/lib/findings/reconcile"],
  ["lib/accounts/probe.ts", "@/lib/scans/scan-states"],
  ["app/(product)/probe.tsx", "@/lib/findings/list-findings"],
  ["components/probe.tsx", "@/lib/findings/finding-view"],
  ["components/probe.tsx", "@/lib/findings/lifecycle/states"],
  ["components/probe.tsx", "@/lib/scans/scan-states"],
  ["components/probe.tsx", "@/lib/input/form-view"],
  ["lib/accounts/probe.ts", "@/lib/input/parse"],
  ["lib/checks/probe.ts", "@/lib/text"],
  ["components/probe.tsx", "@/lib/offline/terraform-plan"],
  ["cli/probe.ts", "@/lib/auth/password-reset"],
  ["workers/probe.ts", "bullmq"],
  ["lib/scans/probe.test.ts", "@/sandbox/server"],
];

const others = {
  env: ["lib/scans/env-probe.ts", "export const url = process.env.DATABASE_URL;\n"],
  envOwner: ["lib/env.ts", "export const url = process.env.DATABASE_URL;\n"],
  barrel: ["lib/scans/barrel.ts", 'export * from "./run-scan";\n'],
  name: ["lib/scans/runScan.ts", "export const x = 1;\n"],
  cycleA: ["lib/scans/one.ts", 'import { two } from "./two";\n\nexport const one = () => two;\n'],
  cycleB: ["lib/scans/two.ts", 'import { one } from "./one";\n\nexport const two = () => one;\n'],
  typeCycleA: [
    "lib/scans/three.ts",
    'import type { Four } from "./four";\n\nexport type Three = Four | 3;\n',
  ],
  typeCycleB: [
    "lib/scans/four.ts",
    'import type { Three } from "./three";\n\nexport type Four = Three | 4;\n',
  ],
} as const;

const root = mkdtempSync(join(tmpdir(), "posturio-import-rules-"));
let report: readonly { category: string; file: string; text: string }[] = [];

/** Several cases share a folder: `probe.ts` becomes `probe-7.ts`. */
function place(file: string, index: number): string {
  return file.replace("/probe.", `/probe-${index}.`);
}

function write(file: string, source: string) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), source);
}

function said(file: string, category: string): string {
  return report
    .filter((line) => line.file === file && line.category === category)
    .map((line) => line.text)
    .join("\n");
}

beforeAll(() => {
  copyFileSync("biome.json", join(root, "biome.json"));
  write(".gitignore", "node_modules/\n");
  for (const [index, [file, specifier]] of [...forbidden, ...allowed].entries()) {
    write(place(file, index), `import { x } from "${specifier}";\n\nexport const y = x;\n`);
  }
  for (const [file, source] of Object.values(others)) write(file, source);
  const run = spawnSync(
    process.execPath,
    [resolve("node_modules/@biomejs/biome/bin/biome"), "lint", "--reporter=json", "--max-diagnostics=none"],
    { cwd: root, encoding: "utf8" },
  );
  const answer = JSON.parse(run.stdout) as {
    diagnostics: { category: string; location: { path: string }; message: string; advices: unknown }[];
  };
  report = answer.diagnostics.map((diagnostic) => ({
    category: diagnostic.category.split("/").at(-1) ?? "",
    file: diagnostic.location.path,
    text: JSON.stringify(diagnostic),
  }));
});

afterAll(() => rmSync(root, { recursive: true }));

test("the import rules of biome.json are those of import-rules.mjs; `npm run rules` writes them", () => {
  const config = JSON.parse(readFileSync("biome.json", "utf8"));
  expect(config).toEqual(withImportRules(config));
});

describe("Biome objects to", () => {
  test.for(forbidden.map((row, index) => [...row, index] as const))(
    "%s importing %s",
    ([file, , message, index]) => {
      expect(said(place(file, index), "noRestrictedImports")).toMatch(message);
    },
  );

  test("process.env outside lib/env.ts", () => {
    expect(said(others.env[0], "noProcessEnv")).not.toBe("");
    expect(said(others.envOwner[0], "noProcessEnv")).toBe("");
  });

  test("a barrel", () => expect(said(others.barrel[0], "noReExportAll")).not.toBe(""));

  test("an import cycle", () => expect(said(others.cycleA[0], "noImportCycles")).not.toBe(""));

  test("an import cycle of types alone", () =>
    expect(said(others.typeCycleA[0], "noImportCycles")).not.toBe(""));

  test("a file whose name is not kebab-case", () =>
    expect(said(others.name[0], "useFilenamingConvention")).not.toBe(""));
});

describe("Biome lets pass", () => {
  test.for(allowed.map((row, index) => [...row, index + forbidden.length] as const))(
    "%s importing %s",
    ([file, , index]) => {
      expect(said(place(file, index), "noRestrictedImports")).toBe("");
    },
  );
});
