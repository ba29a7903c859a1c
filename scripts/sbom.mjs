/**
 * Writes dist/sbom.cdx.json: every package of the lock, as CycloneDX: `npm run sbom`. From the lock alone, so that it
 * says the same on every machine; needs npm 9.5 or newer and no network.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npm } from "../bin/start/npm.mjs";
import { root } from "../bin/start/paths.mjs";
import { endWith } from "../bin/start/progress.mjs";

async function writeSbom() {
  const { name } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const args = ["sbom", "--sbom-format", "cyclonedx", "--sbom-type", "application", "--package-lock-only"];
  const sbom = JSON.parse(await npm(args, root));
  // npm calls the product by its folder, and optional what is a development dependency: here all of it is.
  sbom.metadata.component.name = name;
  for (const component of sbom.components) {
    delete component.scope;
    component.properties = component.properties?.filter(
      (property) => property.name !== "cdx:npm:package:development",
    );
  }
  const file = join(root, "dist", "sbom.cdx.json");
  mkdirSync(join(root, "dist"), { recursive: true });
  writeFileSync(file, `${JSON.stringify(sbom, null, 2)}\n`);
  process.stdout.write(`${file}: ${sbom.components.length} packages\n`);
}

await writeSbom().catch(endWith);
