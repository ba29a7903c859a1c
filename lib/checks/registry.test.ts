import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import meta from "./cloudtrail/not-multi-region/truth-table.meta.json";
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

describe("the labels of a check", () => {
  it.each(checks.map((check) => [check.id, check] as const))(
    "%s: never show a word as it is stored",
    (_, check) => {
      const { reasons, actions, advisories } = check.labels;
      for (const words of [reasons, actions, advisories]) {
        for (const [word, label] of Object.entries(words)) {
          expect(word).toMatch(/^[A-Z][A-Z0-9_]+$/);
          expect(label).not.toBe(word);
        }
      }
    },
  );

  it("are there for every reason, action and advisory of the meta file", () => {
    const labels = findCheck(meta.checkId)?.labels;
    expect(Object.keys(labels?.reasons ?? {})).toEqual(expect.arrayContaining(meta.reasons));
    expect(Object.keys(labels?.actions ?? {})).toEqual(expect.arrayContaining(meta.remediationActions));
    expect(Object.keys(labels?.advisories ?? {})).toEqual(expect.arrayContaining(meta.advisories));
  });
});
