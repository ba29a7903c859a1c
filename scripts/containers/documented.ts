import { readFileSync } from "node:fs";

/** What a document tells people to type; throws when it no longer does. */
export function documented(file: string, command: RegExp): string {
  const found = command.exec(readFileSync(file, "utf8"))?.[0];
  if (found === undefined) throw new Error(`${file} has no ${command}`);
  return found;
}

/** The blocks of commands of one section, in order. */
export function commandsOf(file: string, heading: string): string[] {
  const [, after] = readFileSync(file, "utf8").split(`\n## ${heading}\n`);
  const section = after?.split("\n## ")[0] ?? "";
  return [...section.matchAll(/^```bash\n([\s\S]*?)^```/gm)].map(([, commands]) => commands ?? "");
}
