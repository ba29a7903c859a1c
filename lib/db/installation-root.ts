import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The folder that holds prisma/, upwards from the working directory, then from this file: sources, a bundle in dist/
 * and the standalone web server (which changes into .next/standalone) are all below it.
 */
export function installationRoot(): string {
  for (const start of [process.cwd(), dirname(fileURLToPath(import.meta.url))]) {
    for (let folder = start; ; folder = dirname(folder)) {
      if (existsSync(join(/* turbopackIgnore: true */ folder, "prisma", "catalog_test.sql"))) {
        return folder;
      }
      if (folder === dirname(folder)) {
        break;
      }
    }
  }
  throw new Error("The folder prisma/ of the installation is not there");
}
