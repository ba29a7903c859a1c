import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const documents = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
  encoding: "utf8",
})
  .split("\n")
  // A list of texts as they stand in the code, links or not.
  .filter((file) => file !== "" && file !== "docs/ui-strings.md" && existsSync(file));

/** As GitHub makes them: lower case, without signs, a hyphen for each space. */
function anchorsOf(document: string): Set<string> {
  const headings = readFileSync(document, "utf8").matchAll(/^#+ (.+)$/gm);
  return new Set(
    [...headings].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

test("every link between our documents leads to a file, and to a heading that is there", () => {
  expect(documents.length).toBeGreaterThan(20);
  const broken: string[] = [];
  for (const document of documents) {
    const text = readFileSync(document, "utf8").replace(/^```[\s\S]*?^```$/gm, "");
    for (const [, target = ""] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:|^\//.test(target)) continue;
      const [path = "", anchor] = target.split("#");
      const file = path === "" ? document : join(dirname(document), path);
      const leads = existsSync(file) && (anchor === undefined || anchorsOf(file).has(anchor));
      if (!leads) broken.push(`${document}: ${target}`);
    }
  }
  expect(broken).toEqual([]);
});
