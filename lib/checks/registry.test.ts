import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import meta from "./cloudtrail/not-multi-region/truth-table.meta.json";
import { actionLabel, advisoryLabel, reasonLabel } from "./labels";
import { checks, findCheck } from "./registry";

const root = import.meta.dirname;

/** Folders that hold a `check.ts`, as ids: `/` becomes `.`, `-` becomes `_`. */
function foldersWithChecks(folder = ""): readonly string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = join(folder, name);
    if (!statSync(join(root, path)).isDirectory()) return [];
    const here = existsSync(join(root, path, "check.ts"))
      ? [path.replaceAll("/", ".").replaceAll("-", "_")]
      : [];
    return [...here, ...foldersWithChecks(path)];
  });
}

describe("the registry", () => {
  it("holds every folder that has a check, under the id its path says", () => {
    expect(checks.map((check) => check.id).sort()).toEqual([...foldersWithChecks()].sort());
  });

  it("finds a check by id, and nothing by another word", () => {
    for (const check of checks) expect(findCheck(check.id)).toBe(check);
    expect(findCheck("cloudtrail.unheard_of")).toBeUndefined();
  });

  it("words every framework mapping as support, never as compliance", () => {
    for (const mapping of checks.flatMap((check) => check.frameworks)) {
      expect(mapping.wording).toMatch(/^supports /);
      expect(mapping.wording).not.toMatch(/complian/i);
    }
  });
});

describe("the labels", () => {
  it("have words for every reason, action and advisory of the meta file", () => {
    for (const reason of meta.reasons) expect(reasonLabel(reason)).not.toBe(reason);
    for (const action of meta.remediationActions) expect(actionLabel(action)).not.toBe(action);
    for (const advisory of meta.advisories) expect(advisoryLabel(advisory)).not.toBe(advisory);
  });
});
