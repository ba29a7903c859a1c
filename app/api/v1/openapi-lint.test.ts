import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openApiDocument } from "./openapi";

const folderOfLinter = fileURLToPath(new URL("../../../.posturio/redocly", import.meta.url));
const redocly = join(folderOfLinter, "node_modules", ".bin", "redocly");

/** Everything the linter recommends, warnings as errors, but for what is not so by decision. */
const rules = `extends: [recommended-strict]
rules:
  info-license-strict: off      # No license has been chosen.
  no-server-example.com: off    # An installation may be at localhost: the demo is.
  operation-2xx-response: off   # Nobody sets Resolved: that operation only refuses.
`;

interface Report {
  readonly problems: readonly { readonly ruleId: string; readonly message: string }[];
}

function lint(document: object): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "posturio-openapi-"));
  writeFileSync(join(folder, "openapi.json"), JSON.stringify(document));
  writeFileSync(join(folder, "redocly.yaml"), rules);
  // It asks for its newest version and tells how it is used, unless told not to.
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  return new Promise<Report>((resolve, reject) => {
    const args = [redocly, "lint", "openapi.json", "--config", "redocly.yaml", "--format", "json"];
    execFile(
      process.execPath,
      args,
      { cwd: folder, env, timeout: 60_000, maxBuffer: 16 << 20 },
      (_error, out, errors) => {
        try {
          resolve(JSON.parse(out));
        } catch {
          reject(new Error(`The linter said no JSON:\n${out}${errors}`));
        }
      },
    );
  }).finally(() => rmSync(folder, { recursive: true, force: true }));
}

test("the OpenAPI document passes a linter that we did not write", { timeout: 90_000 }, async ({ skip }) => {
  if (!existsSync(redocly)) {
    process.stdout.write(
      "@redocly/cli is not installed (.ci/run does it): the OpenAPI document was NOT linted\n",
    );
    skip();
  }
  const document = openApiDocument("https://posturio.example");
  expect((await lint(document)).problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
  // It does look: a document with a fault is refused.
  const { paths } = document as { paths: Record<string, object> };
  const broken = { ...document, paths: { ...paths, "/accounts/{nothing}/": paths["/accounts"] } };
  expect((await lint(broken)).problems.map(({ ruleId }) => ruleId)).toContain("path-parameters-defined");
});
