/** Writes the table of settings in docs/operations.md from lib/env.ts: `npm run docs:env`. */
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { environmentTable } from "@/lib/env";

const file = "docs/operations.md";
const markers = /(<!-- env:start -->\n)[\s\S]*?(<!-- env:end -->)/;

const cell = (text: string) => text.replaceAll("|", "\\|");

function table(): string {
  const rows = environmentTable().map(({ name, description, default: preset, required }) => {
    const cells = [`\`${name}\``, preset === null ? "" : `\`${preset}\``, required, description];
    return `| ${cells.map(cell).join(" | ")} |`;
  });
  return ["| variable | default | required | meaning |", "|---|---|---|---|", ...rows, ""].join("\n");
}

/** The document with its table as lib/env.ts has it now. Throws when the markers are gone. */
export function withEnvironmentTable(document: string): string {
  if (!markers.test(document)) throw new Error(`${file} has lost its env:start and env:end markers`);
  return document.replace(markers, (_all, start: string, end: string) => `${start}\n${table()}\n${end}`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(file, withEnvironmentTable(readFileSync(file, "utf8")));
}
