/** Writes docs/ui-strings.md, every text that people read, for a reader of English: `npm run docs:strings`. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { stringsOfSource } from "./strings/strings-of-source";

const root = fileURLToPath(new URL("..", import.meta.url));
const document = join(root, "docs", "ui-strings.md");

/** In the order in which people meet them. `errors`: a plain Error of this folder is read by an operator. */
const areas = [
  {
    title: "Public pages",
    folders: ["app/(public)", "components/landing", "components/checks", "components/try"],
  },
  {
    title: "Signing in, and a person's own pages",
    folders: ["app/(product)/(auth)", "app/(product)/welcome", "app/(product)/account"],
  },
  { title: "Pages of an organization", folders: ["app/(product)/o", "app/(product)", "app"] },
  { title: "Parts of pages", folders: ["components"] },
  { title: "Checks", folders: ["lib/checks"] },
  { title: "Pasted answers and plans", folders: ["lib/offline"] },
  { title: "Messages and labels", folders: ["lib"] },
  {
    title: "Settings, start and command line",
    folders: ["lib/env.ts", "cli", "bin", "lib/installation"],
    errors: true,
  },
] as const;

const skipped =
  /(^|\/)(generated|testing|node_modules)\/|\.test\.tsx?$|^lib\/(db|evidence|history|paging|logger)|^lib\/aws\/(?!customer-role)|\/snippets\/(?!.*words)|json-ld|preview-image|dictionary-/;

/** The file of each area, each file once: where it is named most exactly. */
function filesByArea(): Map<(typeof areas)[number], string[]> {
  const all = ["app", "components", "lib", "cli", "bin"]
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map(
        (file) => `${folder}/${file.replaceAll("\\", "/")}`,
      ),
    )
    .filter((file) => /\.(tsx?|mjs)$/.test(file) && !/\.d\.ts$/.test(file) && !skipped.test(file))
    .sort();
  const files = new Map<(typeof areas)[number], string[]>(areas.map((area) => [area, []]));
  for (const file of all) {
    const ranked = areas
      .flatMap((area) => area.folders.map((folder) => ({ area, folder })))
      .filter(({ folder }) => file === folder || file.startsWith(`${folder}/`))
      .sort((a, b) => b.folder.length - a.folder.length);
    if (ranked[0] !== undefined) files.get(ranked[0].area)?.push(file);
  }
  return files;
}

/** The document as the sources have it now. */
export function stringsDocument(): string {
  const lines = [
    "# Words on the screen",
    "",
    "Every text that people read, by file, in the order of the source. `{…}` is filled in. Written by `npm run docs:strings`;",
    "change the source, not this file. How it should sound: [writing.md](writing.md).",
  ];
  for (const [area, files] of filesByArea()) {
    lines.push("", `## ${area.title}`);
    for (const file of files) {
      const texts = stringsOfSource(file, readFileSync(join(root, file), "utf8"), {
        errors: "errors" in area,
      });
      if (texts.length === 0) continue;
      lines.push(
        "",
        `### ${file}`,
        "",
        ...new Set(texts.map((text) => `- ${text.replace(/[<>*_|]/g, "\\$&")}`)),
      );
    }
  }
  return `${lines.join("\n")}\n`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(document, stringsDocument());
}
